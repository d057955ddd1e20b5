import { expect } from '@jest/globals';
import type { Forge } from '../../../target/mint.ts';
import { expectRefused } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { requirement } from '../../support/requirement.ts';

const hourAgo = () => Math.floor(Date.now() / 1000) - 3600;

requirement(
  'USR-LIFE-004',
  'sign-in is refused and makes no user when the token has expired',
  { needs: ['forge'] },
  (context) => refuses(context, { claims: { iat: hourAgo() - 3600, nbf: hourAgo() - 3600, exp: hourAgo() } }),
);

requirement(
  'USR-LIFE-004',
  'sign-in is refused and makes no user when a stranger signed',
  { needs: ['forge'] },
  (context) => refuses(context, { sign: 'foreign' }),
);

async function refuses(context: Context, forge: Forge): Promise<void> {
  const person = context.newPerson();
  const access_token = await context.mint.accessToken(person, forge);

  const answer = await context.client.authenticate({ access_token, token_type: 'Bearer', expires_in: 3600 });

  expectRefused(answer);
  expect((await context.client.snapshot()).text).not.toContain(person.email);
}
