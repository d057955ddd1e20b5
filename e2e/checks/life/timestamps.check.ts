import { expect } from '@jest/globals';
import { NotOffered } from '../../support/cannot-tell.ts';
import { type Profile, timeOf } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

/** One of two times may be rounded. */
const ROUNDED_MS = 1_000;

requirement('USR-LIFE-019', 'created is the same when a user signs in again', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const created = offered(profile, 'created');

  const again = await context.signIn({ ...person, name: `${person.name} again` });

  expect(timeOf(again.profile, 'created')).toBe(created);
  expect(timeOf(await context.user(profile.id), 'created')).toBe(created);
});

requirement('USR-LIFE-020', 'updated does not go back when a user signs in three times', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const times = [offered(profile, 'updated')];

  for (const name of ['second', 'third']) {
    const { profile: next } = await context.signIn({ ...person, name });
    times.push(offered(next, 'updated'));
  }
  times.push(offered(await context.user(profile.id), 'updated'));

  expect(times.map(Date.parse)).toEqual(times.map(Date.parse).toSorted((a, b) => a - b));
  expect(times.map(Date.parse)).not.toContain(Number.NaN);
  const created = timeOf(profile, 'created');
  if (created !== undefined) expect(Date.parse(times[0]!)).toBeGreaterThanOrEqual(Date.parse(created) - ROUNDED_MS);
});

function offered(profile: Profile, field: 'created' | 'updated'): string {
  const time = timeOf(profile, field);
  if (time === undefined) throw new NotOffered(`the target sends no ${field}`);
  return time;
}
