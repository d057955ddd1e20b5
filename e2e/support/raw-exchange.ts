import { redact, redactHeaders } from '../../target/protocol/redact.ts';
import type { Exchange } from '../../target/protocol/result.ts';
import type { RawAnswer } from './raw-answer.ts';

const SHOWN_BYTES = 1024;
/** Enough for a whole token, which is masked before anything is cut. */
const READ_BYTES = 16_384;

/** What went over a connection whose bytes are ours, as evidence: secrets masked, long parts cut. */
export function buildRawExchange(
  baseUrl: string,
  sent: string | Uint8Array,
  came: RawAnswer | string,
  durationMs: number,
): Exchange {
  const bytes = Buffer.from(sent).toString('latin1');
  const [, method = 'RAW', path = ''] = /^([A-Za-z]{1,20}) (\/[!-~]{0,200})/.exec(bytes) ?? [];
  const request = {
    method,
    url: new URL(baseUrl).origin + redact(path),
    requestHeaders: {},
    requestBytes: show(bytes),
  };
  if (typeof came === 'string') return { ...request, error: redact(came), durationMs };
  const { status, headers, body } = came;
  return {
    ...request,
    status,
    responseHeaders: redactHeaders(headers),
    responseBody: show(body.toString('utf8')),
    durationMs,
  };
}

function show(text: string): string {
  const safe = redact(text.slice(0, READ_BYTES));
  return safe.length <= SHOWN_BYTES && text.length <= READ_BYTES
    ? safe
    : `${safe.slice(0, SHOWN_BYTES)}... [${text.length} characters in all]`;
}
