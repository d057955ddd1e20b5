import { expect } from '@jest/globals';
import { profileUnlessRefused } from './answers.ts';
import type { Context } from './context.ts';
import { core, type Profile } from './profile.ts';
import { PRESENT } from './view.ts';

/**
 * Signs in the people of these subjects one after the other. Whoever is taken must be a user of its own, and stay as it
 * was answered while the others come. A provider may refuse an odd subject, but not each of them.
 *
 * @param subjectsFor Makes the subjects from a text that no other check uses.
 */
export async function expectNeverMerged(
  context: Context,
  subjectsFor: (unique: string) => readonly string[],
): Promise<void> {
  const { nickname: unique } = context.newPerson();
  const taken = new Map<string, Profile>();
  for (const subject of subjectsFor(unique)) {
    const token = await context.mint.signIn(context.newPerson({ subject }));
    const profile = profileUnlessRefused(await context.client.authenticate(token));
    if (profile) taken.set(subject, profile);
  }

  const ids = [...taken.values()].map(({ id }) => id);
  const sameId = [...taken].filter(([, { id }]) => ids.indexOf(id) !== ids.lastIndexOf(id)).map(([subject]) => subject);
  expect({ 'subjects that are one user': sameId }).toEqual({ 'subjects that are one user': [] });
  expect(await context.presence(...ids)).toEqual(Object.fromEntries(ids.map((id) => [id, PRESENT])));
  for (const profile of taken.values()) expect(core(await context.user(profile.id))).toEqual(core(profile));
  expect(taken.size).toBeGreaterThan(0);
}
