import { profileOf, usersOf } from './answers.ts';
import type { Context } from './context.ts';
import { CrashOnAnswers } from './crash.ts';
import type { OwnPlace } from './own-place.ts';
import type { Profile } from './profile.ts';
import { times } from './times.ts';

/** Requests of each kind in flight at a crash. */
const AT_ONCE = 4;

/** What one crash left: what had been answered before it, and who was there after the next start. */
export interface Crash {
  /** The sign-ins that were answered, as answered. */
  readonly signedIn: readonly Profile[];
  /** The ids whose disconnect was answered. */
  readonly disconnected: readonly string[];
  readonly listed: readonly Profile[];
}

/**
 * Sends sign-ins and disconnects at once, kills the target the moment one of each has been answered, and starts it again;
 * as often as told, on the same data.
 */
export async function crashAmidWrites(context: Context, count: number): Promise<Crash[]> {
  const own = await context.openOwn();
  const crashes: Crash[] = [];
  while (crashes.length < count) crashes.push(await crashOnce(context, own));
  return crashes;
}

async function crashOnce(context: Context, own: OwnPlace): Promise<Crash> {
  const leaving = (await own.signInMany(AT_ONCE)).map(({ profile }) => profile.id);
  const tokens = await times(AT_ONCE, () => context.mint.signIn(context.newPerson()));
  const crash = new CrashOnAnswers(own, ['sign-in', 'disconnect']);

  const signIns = tokens.map(async (token) => {
    const answer = await crash.answerTo('sign-in', own.client.authenticate(token));
    return answer ? [profileOf(answer)] : [];
  });
  const disconnects = leaving.map(async (id) => {
    const answer = await crash.answerTo('disconnect', own.client.disconnect(id));
    if (answer) usersOf(answer);
    return answer ? [id] : [];
  });
  const [signedIn, disconnected] = await Promise.all([Promise.all(signIns), Promise.all(disconnects)]);
  await crash.done();
  await own.start();

  return { signedIn: signedIn.flat(), disconnected: disconnected.flat(), listed: await own.users() };
}
