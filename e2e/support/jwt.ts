/** What the three parts of a JWT say. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** As it stands in the token, in base64url. */
  readonly signature: string;
}

/** Takes a token in compact form apart, without verifying anything. */
export function readJwt(token: string): Jwt {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return { header: read(header), claims: read(claims), signature };
}

/** The header of whatever looks like a token; undefined where the first part is no JSON object. */
export function readHeader(token: string): Jwt['header'] | undefined {
  try {
    const header = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && !Array.isArray(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

/** A value as a part of a token: text byte for byte, anything else as JSON. */
export const encodePart = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Puts a token together and signs it as it is told: jose rightly refuses to make what a forger would. */
export function assembleJwt(header: unknown, claims: unknown, sign: (input: Buffer) => Buffer): string {
  const input = `${encodePart(header)}.${encodePart(claims)}`;
  return `${input}.${sign(Buffer.from(input)).toString('base64url')}`;
}
