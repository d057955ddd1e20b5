/** A request as it stands on the wire. */
export interface RequestBytes {
  /** With the empty line that ends it. */
  readonly head: string;
  readonly body: string;
}

/** The bytes of a sign-in. */
export function signInBytes(baseUrl: string, token: object): RequestBytes {
  const { host, pathname } = new URL(baseUrl);
  const path = `${pathname.replace(/\/$/, '')}/users/authenticate/from_token`;
  const body = JSON.stringify(token);
  const length = Buffer.byteLength(body);
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  return { head, body };
}
