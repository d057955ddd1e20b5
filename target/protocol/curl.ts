import type { Exchange } from './result.ts';

/** A command line for a POSIX shell that sends the same request again. Secrets stay masked: fill them in by hand. */
export function toCurl(exchange: Exchange): string {
  const { method, url, requestHeaders, requestBody } = exchange;
  return [
    'curl -sS -i --path-as-is',
    ...methodOption(method, requestBody !== undefined),
    ...Object.entries(requestHeaders).map(([name, value]) => `-H ${quote(headerLine(name, value))}`),
    ...(requestBody === undefined ? [] : [`--data-raw ${quote(requestBody)}`]),
    quote(url),
  ].join(' ');
}

// `-X HEAD` would wait for a body that never comes.
function methodOption(method: string, hasBody: boolean): string[] {
  if (method === 'HEAD') return ['-I'];
  return method === 'GET' && !hasBody ? [] : [`-X ${/^[A-Z]+$/.test(method) ? method : quote(method)}`];
}

// curl drops a header written as `name:`; a semicolon sends it empty.
const headerLine = (name: string, value: string): string => (value === '' ? `${name};` : `${name}: ${value}`);

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
