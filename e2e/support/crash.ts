import { type Answer, NoAnswerError } from '../../target/http.ts';
import type { OwnPlace } from './own-place.ts';

/**
 * Sends all of these at once and kills the target (SIGKILL) the moment the first answer is here. What comes back are the
 * requests that were answered all the same, each with its answer; of the others nobody can know whether they took effect.
 */
export async function crashAtFirstAnswer<Request>(
  own: OwnPlace,
  requests: readonly Request[],
  send: (request: Request) => Promise<Answer>,
): Promise<{ request: Request; answer: Answer }[]> {
  let crash: Promise<void> | undefined;
  const sent = requests.map(async (request) => {
    try {
      const answer = await send(request);
      crash ??= own.crash();
      return [{ request, answer }];
    } catch (error) {
      if (error instanceof NoAnswerError && crash) return [];
      throw error;
    }
  });
  const answered = (await Promise.all(sent)).flat();
  await crash;
  return answered;
}
