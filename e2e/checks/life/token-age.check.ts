import { isRefused, profileOf } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const HOUR_S = 3_600;
/** Past the second at which 31 bits are full, in 2038. */
const IN_2040 = Date.UTC(2040, 0) / 1000;

requirement('USR-LIFE-050', 'sign-in makes the user however old or long-lived the token is', {}, async (context) => {
  const now = Math.floor(Date.now() / 1000);
  const hourAgo = now - HOUR_S;
  const tokens = {
    'issued an hour ago and good for one more': { iat: hourAgo, nbf: hourAgo, auth_time: hourAgo },
    'issued an hour ago and good for ten minutes more': { iat: hourAgo, nbf: hourAgo, exp: now + HOUR_S / 6 },
    'good until 2040': { exp: IN_2040 },
  };

  for (const [what, claims] of Object.entries(tokens)) {
    const answer = await context.client.authenticate(await context.mint.signIn(context.newPerson(), { claims }));
    if (isRefused(answer)) throw new Unsatisfied(`a token ${what} signs in`, `status ${answer.status}`);
    profileOf(answer);
  }
});
