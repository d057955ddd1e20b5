import { redact, redactHeaders } from './protocol/redact.ts';
import type { Exchange } from './protocol/result.ts';

/** A body in a report is cut after this many bytes. */
const SHOWN_BYTES = 4096;

/** What went over the wire, before redaction. */
export interface RawExchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: Buffer | undefined;
  readonly durationMs: number;
  readonly status?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: Buffer;
  readonly error?: string;
}

/** The exchange as evidence: secrets masked, long bodies cut. */
export function buildExchange(raw: RawExchange): Exchange {
  return {
    method: raw.method,
    url: redact(raw.url),
    requestHeaders: redactHeaders(raw.requestHeaders),
    ...(raw.requestBody === undefined ? {} : { requestBody: showBody(raw.requestBody) }),
    ...(raw.status === undefined ? {} : { status: raw.status }),
    ...(raw.responseHeaders === undefined ? {} : { responseHeaders: redactHeaders(raw.responseHeaders) }),
    ...(raw.responseBody === undefined ? {} : { responseBody: showBody(raw.responseBody) }),
    ...(raw.error === undefined ? {} : { error: redact(raw.error) }),
    durationMs: raw.durationMs,
  };
}

function showBody(bytes: Buffer): string {
  const text = redact(bytes.subarray(0, SHOWN_BYTES).toString('utf8'));
  return bytes.length > SHOWN_BYTES ? `${text}… [${bytes.length} bytes in all]` : text;
}
