import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { profileUnlessRefused } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import { type Profile, timeOf } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** One of two times may be rounded. */
const ROUNDED_MS = 1_000;
/** Times may be told in whole seconds. */
const WHOLE_SECONDS_MS = 2_100;
/** Between two sign-ins, in milliseconds. */
const BREATH_MS = 10;
/** A container's clock may be off a little. */
const CLOCKS_MS = 60_000;
/** No two zones are further apart. */
const ZONES_MS = 26 * 3_600_000;
/** No other zone is as far off, and by no whole hours. */
const FAR = { zone: 'Asia/Kathmandu', offset: '+05:45' };

requirement('USR-LIFE-019', 'created is the same when a user signs in again, and again', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const created = offered(profile, 'created');

  for (const time of ['second', 'third', 'fourth', 'fifth']) {
    const again = await context.signIn({ ...person, name: `${person.name} ${time}` });

    expect({ time, created: timeOf(again.profile, 'created') }).toEqual({ time, created });
    expect({ time, created: timeOf(await context.user(profile.id), 'created') }).toEqual({ time, created });
  }
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

requirement('USR-LIFE-020', 'updated does not go back when a user signs in for two seconds', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const times = [offered(profile, 'updated')];

  // Every part of a second comes: .007 may be written as .7.
  for (const until = performance.now() + WHOLE_SECONDS_MS; performance.now() < until; await sleep(BREATH_MS)) {
    const { profile: next } = await context.signIn({ ...person, name: context.newPerson().name });
    times.push(offered(next, 'updated'));
  }

  context.measure('signIns', times.length);
  const back = times.findIndex((time, at) => at > 0 && Date.parse(time) < Date.parse(times[at - 1]!));
  if (back > 0) throw new Unsatisfied(`an updated of ${times[back - 1]} or later`, `${times[back]}`);
});

requirement('USR-LIFE-044', 'updated is later when a profile changed seconds later', {}, async (context) => {
  const { person, profile } = await context.signIn();
  let before = offered(profile, 'updated');

  // Twice, for the first change may be taken for the end of the making.
  for (const change of ['first', 'second']) {
    await sleep(WHOLE_SECONDS_MS);
    const { profile: after } = await context.signIn({ ...person, name: context.newPerson().name });

    const isLater = Date.parse(offered(after, 'updated')) > Date.parse(before);
    expect({ change, before, after: offered(after, 'updated'), isLater }).toMatchObject({ change, isLater: true });
    before = offered(after, 'updated');
  }
});

requirement(
  'USR-LIFE-040',
  'created and updated are the time of the sign-in when the machine is far from Greenwich',
  { needs: ['claims', 'fresh'] },
  async (context) => {
    const own = await context.openOwn({ timeZone: FAR.zone });
    const from = Date.now() - CLOCKS_MS;
    const { profile } = await own.signIn();
    const to = Date.now() + CLOCKS_MS;

    const told = timesOf(profile);
    if (told.length === 0) throw new NotOffered('the target sends no times');
    const off = told.filter((time) => !readings(time).some((moment) => moment >= from && moment <= to));
    if (off.length > 0)
      throw new Unsatisfied(
        `times of the sign-in, which was at ${new Date(to - CLOCKS_MS).toISOString()}`,
        `${off.join(' and ')}, with TZ=${FAR.zone}`,
      );
  },
);

requirement(
  'USR-LIFE-040',
  'created and updated are the time of the sign-in when the token tells a time of its own',
  {},
  async (context) => {
    // The standard has seconds (OpenID Connect Core, section 5.1), Auth0 sends a text.
    const nowS = Math.floor(Date.now() / 1000);
    const moment = new Date(nowS * 1000).toISOString();
    for (const updated_at of [nowS, moment]) {
      const token = await context.mint.signIn(context.newPerson(), { claims: { updated_at } });
      const profile = profileUnlessRefused(await context.client.authenticate(token));
      const off = timesOf(profile).filter((time) => !(Math.abs(Date.parse(time) - nowS * 1000) < ZONES_MS));
      if (off.length > 0)
        throw new Unsatisfied(
          `times of the sign-in, which was at ${moment}`,
          `${off.join(' and ')}, by a token with the updated_at ${updated_at}`,
        );
    }
  },
);

/** The moments that a time may stand for: without an offset it is that of Greenwich or of the machine. */
const readings = (time: string): number[] =>
  (/(?:Z|[+-]\d\d:?\d\d)$/i.test(time) ? [time] : [`${time}Z`, `${time}${FAR.offset}`]).map(Date.parse);

/** The times that a profile tells. */
const timesOf = (profile: Profile | undefined): string[] =>
  profile ? (['created', 'updated'] as const).flatMap((field) => timeOf(profile, field) ?? []) : [];

function offered(profile: Profile, field: 'created' | 'updated'): string {
  const time = timeOf(profile, field);
  if (time === undefined) throw new NotOffered(`the target sends no ${field}`);
  return time;
}
