/** A request as it stands on the wire. */
export interface RequestBytes {
  /** With the empty line that ends it. */
  readonly head: string;
  readonly body: string;
}

/** The bytes of a sign-in. `announced` is what Content-Length says: the length of the body unless told. */
export function signInBytes(baseUrl: string, token: object, announced?: number): RequestBytes {
  const body = JSON.stringify(token);
  return { head: signInHead(baseUrl, `Content-Length: ${announced ?? Buffer.byteLength(body)}`), body };
}

/** The same with the body in one chunk, and without the last, empty one that would end it. */
export function unendedSignInBytes(baseUrl: string, token: object): RequestBytes {
  const json = JSON.stringify(token);
  const body = `${Buffer.byteLength(json).toString(16)}\r\n${json}\r\n`;
  return { head: signInHead(baseUrl, 'Transfer-Encoding: chunked'), body };
}

function signInHead(baseUrl: string, framing: string): string {
  const { host, pathname } = new URL(baseUrl);
  const path = `${pathname.replace(/\/$/, '')}/users/authenticate/from_token`;
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
}
