import type { Person } from '../../target/person.ts';
import type { Place } from './place.ts';

type Act = () => Promise<void>;

/**
 * Repeats each read until all writes have ended; the first failure of any of them is thrown. Answers how many reads there
 * were: at least one of each.
 */
export async function whileWriting(writes: readonly Act[], reads: readonly Act[]): Promise<number> {
  let writing = true;
  let done = 0;
  const written = Promise.all(writes.map((write) => write())).finally(() => {
    writing = false;
  });
  const reading = reads.map(async (read) => {
    do {
      await read();
      done += 1;
    } while (writing);
  });
  await Promise.all([written, ...reading]);
  return done;
}

/** Someone who comes, comes again under another name, and goes, over and over. `seen` is told each id and each answer's users. */
export async function comeAndGo(
  place: Place,
  person: Person,
  rounds: number,
  seen: { id?(id: string): void; left?(ids: readonly string[], gone: string): void } = {},
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const { profile } = await place.signIn(person);
    seen.id?.(profile.id);
    await place.signIn({ ...person, name: `${person.name} again` });
    const left = await place.disconnect(profile.id);
    seen.left?.(
      left.map(({ id }) => id),
      profile.id,
    );
  }
}
