/** An answer as it was read off a connection. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; of a repeated one the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether it says that nothing follows on its connection. */
  readonly closes: boolean;
}

export interface ParsedAnswer {
  readonly answer: RawAnswer;
  /** What came after it. */
  readonly rest: Buffer;
}

/**
 * Takes the first whole answer off the bytes that have come so far. Undefined: it is not whole yet. Throws a SyntaxError where
 * they are no HTTP. `toHead`: the request was HEAD. `ended`: no more will come. Source: RFC 9112, section 6.3.
 */
export function parseAnswer(bytes: Buffer, { toHead = false, ended = false } = {}): ParsedAnswer | undefined {
  const start = bytes.subarray(0, 5).toString('latin1');
  if (!'HTTP/'.startsWith(start)) throw new SyntaxError(`no status line: ${bytes.subarray(0, 80).toString('latin1')}`);
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new SyntaxError(`no status line: ${statusLine}`);
  const headers = Object.fromEntries(lines.map(readHeader));
  const closes = status >= 200 && isLast(statusLine, headers.connection ?? '');
  const content = bytes.subarray(headEnd + 4);
  const whole = (length: number, body = content.subarray(0, length)): ParsedAnswer | undefined =>
    content.length < length ? undefined : { answer: { status, headers, body, closes }, rest: content.subarray(length) };

  if (toHead || status < 200 || status === 204 || status === 304) return whole(0);
  if (/\bchunked$/i.test(headers['transfer-encoding'] ?? '')) {
    const chunked = readChunks(content);
    return chunked && whole(chunked.length, chunked.body);
  }
  if (headers['content-length'] !== undefined) return whole(Number(headers['content-length']));
  return ended ? whole(content.length) : undefined;
}

/** Source: RFC 9112, section 9.3. */
const isLast = (statusLine: string, connection: string): boolean =>
  /\bclose\b/i.test(connection) || (statusLine.startsWith('HTTP/1.0') && !/\bkeep-alive\b/i.test(connection));

function readHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** The body and how many bytes it takes with its framing; undefined where the last chunk has not come. */
function readChunks(bytes: Buffer): { body: Buffer; length: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (Number.isNaN(size)) throw new SyntaxError('a chunk without a size');
    if (size === 0) {
      // An empty line ends the trailer, which most servers do not send.
      const over = bytes.indexOf('\r\n\r\n', lineEnd);
      return over < 0 ? undefined : { body: Buffer.concat(chunks), length: over + 4 };
    }
    const end = lineEnd + 2 + size;
    if (bytes.length < end + 2) return undefined;
    chunks.push(bytes.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}
