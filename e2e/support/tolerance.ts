import { type Answer, NoAnswerError } from '../../target/http.ts';
import type { Place } from './place.ts';
import { showLast } from './traces.ts';
import { Unsatisfied } from './unsatisfied.ts';

/**
 * The answer, or undefined where the server closed the connection instead: how it may rightly refuse what is too long or no
 * HTTP. A server that never answers is another matter, and throws.
 */
export async function unlessClosed(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoAnswerError && !/timeout/i.test(error.exchange.error ?? '')) return undefined;
    throw error;
  }
}

/** No 5xx, but for those of `tolerated` (501: a method that the server does not know). */
export function expectNoServerError(place: Place, what: string, answer: Answer | undefined, tolerated: number[] = []) {
  if (!answer || answer.status < 500 || tolerated.includes(answer.status)) return;
  showLast(place, answer);
  throw new Unsatisfied(`no 5xx after ${what}`, `status ${answer.status}: ${answer.text.slice(0, 300)}`);
}
