import { setImmediate } from 'node:timers/promises';
import type { Exchange } from '../../target/protocol/result.ts';
import { buildRawExchange } from './raw-exchange.ts';
import type { RawHttp, RawOutcome } from './raw-http.ts';

/** Who reads no further leaves the pouring stuck, which is as good as an answer: milliseconds until we take it for that. */
const STUCK_MS = 10_000;

/** What came of a request without an end. `outcome` is undefined where the server read all that there was and said nothing. */
export interface Poured {
  readonly sentBytes: number;
  readonly outcome: RawOutcome | undefined;
  /** As evidence: the start, one piece, and what came of it. */
  readonly exchange: Exchange;
}

/** Sends `piece` after `start` again and again, until an answer comes, the connection is over or stuck, or `most` bytes were sent. */
export async function pour(connection: RawHttp, start: string, piece: string, most: number): Promise<Poured> {
  let sentBytes = 0;
  let waiting = true;
  const answer = connection.receive({ withinMs: STUCK_MS }).finally(() => {
    waiting = false;
  });
  const send = async () => {
    await connection.send(start);
    while (waiting && sentBytes < most && (await connection.send(piece))) {
      sentBytes += piece.length;
      // What the system takes at once is sent without a turn of the event loop, and no answer would ever be read.
      await setImmediate();
    }
  };
  await Promise.race([send(), answer]);
  const outcome = sentBytes >= most && waiting ? undefined : await answer;
  const readOn = () => buildRawExchange(connection.baseUrl, start + piece, 'it was read on, and no answer came', 0);
  return { sentBytes, outcome, exchange: outcome?.exchange ?? readOn() };
}
