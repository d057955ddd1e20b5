/** What is wrong with bytes that claim to be JSON, in words; undefined when nothing is. Source: RFC 8259 sections 4 and 8.1. */
export function faultOfJson(bytes: Uint8Array): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return 'the body is not valid UTF-8';
  }
  if (text.startsWith('\uFEFF')) return 'the body starts with a byte order mark';
  try {
    JSON.parse(text);
  } catch (error) {
    return `the body is no JSON: ${(error as Error).message}`;
  }
  const twice = duplicateName(text);
  return twice === undefined ? undefined : `the member ${JSON.stringify(twice)} is in one object twice`;
}

/** The first member name that is in one object twice. `JSON.parse` keeps the last one and says nothing. The text must parse. */
export function duplicateName(json: string): string | undefined {
  /** One entry for each open object or array; arrays have no names. */
  const open: (Set<string> | undefined)[] = [];
  let string = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') string = token;
    else {
      const name: string = JSON.parse(string); // "a" and "\u0061" are the same name
      const names = open.at(-1)!;
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
}
