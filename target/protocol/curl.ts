import type { Exchange } from './result.ts';

/**
 * A command line for a POSIX shell that sends the same request again; by netcat where curl would put it right. Secrets stay
 * masked: fill them in by hand.
 */
export function toCurl(exchange: Exchange): string {
  const { method, url, requestHeaders, requestBody, requestBytes } = exchange;
  if (requestBytes !== undefined) return toNetcat(url, requestBytes);
  return [
    'curl -sS -i --path-as-is',
    ...methodOption(method, requestBody !== undefined),
    ...Object.entries(requestHeaders).map(([name, value]) => `-H ${quote(headerLine(name, value))}`),
    ...(requestBody === undefined ? [] : [`--data-raw ${quote(requestBody)}`]),
    quote(url),
  ].join(' ');
}

function toNetcat(url: string, bytes: string): string {
  const { hostname, port } = new URL(url);
  const escaped = (character: string): string =>
    ESCAPES[character] ?? `\\0${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `printf %b ${quote(bytes.replaceAll(/[^ -[\]-~]/g, escaped))} | nc -w 5 ${hostname.replace(/^\[|\]$/g, '')} ${port || '80'}`;
}
const ESCAPES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' };

// `-X HEAD` would wait for a body that never comes.
function methodOption(method: string, hasBody: boolean): string[] {
  if (method === 'HEAD') return ['-I'];
  return method === 'GET' && !hasBody ? [] : [`-X ${/^[A-Z]+$/.test(method) ? method : quote(method)}`];
}

// curl drops a header written as `name:`; a semicolon sends it empty.
const headerLine = (name: string, value: string): string => (value === '' ? `${name};` : `${name}: ${value}`);

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
