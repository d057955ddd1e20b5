import { expect } from '@jest/globals';
import type { Answer } from '../../../target/http.ts';
import { profileOf, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import type { Place } from '../../support/place.ts';
import { handIn } from '../../support/powerless.ts';
import { core, type Profile, timeOf } from '../../support/profile.ts';
import { quietPlace } from '../../support/quiet-place.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError } from '../../support/tolerance.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** No text. */
const NO_TEXTS: readonly unknown[] = [7, true, null, [], ['Ada'], {}, { first: 'Ada' }];
/** No date: seconds since 1970 that no calendar has. */
const NO_DATES: readonly unknown[] = ['now', '', null, true, [], {}, -1, 1.5, 1e18, -1e18, 1e308];
const HALF_A_PAIR = 'Ada\ud800';

/** Claims as a careless issuer may sign them, each value for a person of its own. */
const ODD: Readonly<Record<string, readonly unknown[]>> = {
  name: [...NO_TEXTS, '', HALF_A_PAIR, 'x'.repeat(20_000)],
  nickname: [...NO_TEXTS, '', HALF_A_PAIR],
  email: [...NO_TEXTS, '', 'no address', `${HALF_A_PAIR}@example.com`],
  picture: [...NO_TEXTS, '', 'no address', 'http://[', 'javascript:alert(1)', `https://example.com/${HALF_A_PAIR}`],
  email_verified: ['yes', 7, null, {}],
  updated_at: NO_DATES,
  iat: NO_DATES,
  nbf: NO_DATES,
  exp: NO_DATES,
};
/** Who is meant, for whom and by whom: nothing of it shows in a profile. */
const ODD_TRUST: typeof ODD = {
  sub: [7, true, [], {}, ''],
  aud: [7, {}, [7], ''],
  iss: [7, {}, ''],
};

requirement(
  'USR-ROB-046',
  'sign-in never breaks when claims are of odd types',
  { needs: ['forge'] },
  async (context) => {
    const place = await quietPlace(context);
    for await (const { what, answer } of signInsWith(context, place, { ...ODD, ...ODD_TRUST }))
      expectNoServerError(place, what, answer);
  },
);

requirement(
  'USR-LIFE-042',
  'the snapshot and the profiles in it are whole when claims were of odd types',
  { needs: ['forge'] },
  async (context) => {
    const place = await quietPlace(context);
    const { profile: bystander } = await place.signIn();

    for await (const { what, answer } of signInsWith(context, place, ODD)) {
      const users = usersOf(await place.client.snapshot());
      const signedIn = answer?.status === 200 ? profileOf(answer) : undefined;
      const listed = users.find(({ id }) => id === signedIn?.id);

      expect({ [`the bystander after ${what}`]: users.filter(({ id }) => id === bystander.id).map(core) }).toEqual({
        [`the bystander after ${what}`]: [core(bystander)],
      });
      for (const profile of [signedIn, listed]) if (profile) expectReadable(what, profile);
    }
  },
);

/** Signs a person in for each value of each claim, one after the other. */
async function* signInsWith(
  context: Context,
  place: Place,
  claims: typeof ODD,
): AsyncGenerator<{ what: string; answer: Answer | undefined }> {
  for (const [claim, values] of Object.entries(claims)) {
    for (const value of values) {
      const token = await context.mint.accessToken(context.newPerson(), { claims: { [claim]: value } });
      yield {
        what: `${claim} as ${JSON.stringify(value).slice(0, 40)}`,
        answer: await handIn(place.client, token),
      };
    }
  }
}

/** Members of the model that are texts. Source: the client's UserProfile. */
const TEXTS = ['name', 'email', 'picture', 'username', 'vanityname'];

/** Whatever a client parses of a profile it can parse. */
function expectReadable(what: string, profile: Profile): void {
  for (const field of ['created', 'updated'] as const) {
    const time = timeOf(profile, field);
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new Unsatisfied(`a time or nothing in ${field} after ${what}`, `${field}: ${JSON.stringify(time)}`);
  }
  const odd = TEXTS.filter((field) => !['string', 'undefined'].includes(typeof (profile[field] ?? undefined)));
  if (odd.length > 0)
    throw new Unsatisfied(
      `texts or nothing in ${odd.join(', ')} after ${what}`,
      odd
        .map((field) => `${field}: ${JSON.stringify(profile[field])}`)
        .join(', ')
        .slice(0, 300),
    );
}
