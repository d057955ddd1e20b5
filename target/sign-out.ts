import pMap from 'p-map';
import { type Client, NoAnswerError } from './http.ts';

const AT_ONCE = 8;
/** A target that leaves so many requests without an answer hangs, and is asked no further. */
const MOST_UNANSWERED = AT_ONCE;

/** Disconnects users, several at once. Answers who could not be, each with the reason; never throws. */
export async function signOutAll(client: Client, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const stillThere = new Map<string, string>();
  let unanswered = 0;
  const signOut = async (id: string): Promise<void> => {
    if (unanswered >= MOST_UNANSWERED) {
      stillThere.set(id, 'not asked: the target answers no more');
      return;
    }
    try {
      const { status } = await client.disconnect(id);
      if (status >= 300) stillThere.set(id, `answered ${status}`);
    } catch (error) {
      if (error instanceof NoAnswerError) unanswered += 1;
      stillThere.set(id, String(error));
    }
  };
  await pMap(ids, signOut, { concurrency: AT_ONCE });
  return stillThere;
}
