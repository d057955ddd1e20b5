import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { readJwt } from '../../support/jwt.ts';
import { inBody } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { canary } from '../../support/secrets.ts';
import { expectNoServerError } from '../../support/tolerance.ts';
import { showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

requirement('USR-SEC-068', 'no user is given what stands under __proto__ in a body', {}, async (context) => {
  const value = canary();
  const token = JSON.stringify(await context.mint.signIn(context.newPerson()));
  const bodies = [
    `{"__proto__":${polluting(value)},${token.slice(1)}`,
    `${token.slice(0, -1)},"__proto__":${polluting(value)}}`,
    `{"constructor":{"prototype":${polluting(value)}},${token.slice(1)}`,
    `{"schema":{"__proto__":${polluting(value)}},${token.slice(1)}`,
    `{"__proto__":${token}}`,
    `{"__proto__":null}`,
  ];
  for (const body of bodies) {
    const headers = { 'content-type': 'application/json' };
    const answer = await context.client.send('POST', '/users/authenticate/from_token', { headers, body });
    expectNoServerError(context, 'a body with __proto__', answer);
  }

  await expectNowhere(context, value);
});

requirement(
  'USR-SEC-069',
  'no other user is given what stands under __proto__ in a token',
  { needs: ['forge'] },
  async (context) => {
    const value = canary();
    for (const member of [`"__proto__":${polluting(value)}`, `"constructor":{"prototype":${polluting(value)}}`]) {
      const { header, claims } = readJwt(await context.mint.accessToken(context.newPerson()));
      const payload = `{${member},${JSON.stringify(claims).slice(1)}`;
      const answer = await inBody(context.client, await context.mint.rawSign(JSON.stringify(header), payload, 'RS256'));
      expectNoServerError(context, 'a claim __proto__', answer);
      if (answer.status === 200) await context.client.disconnect(profileOf(answer).id);
    }

    await expectNowhere(context, value);
  },
);

/** Every field of a profile, and one of nobody's. */
const polluting = (value: string): string =>
  JSON.stringify({
    email: value,
    name: value,
    vanityname: value,
    picture: `https://example.com/${value}`,
    other: value,
  });

/** Somebody who leaves everything out would inherit it; neither that user nor the snapshot may hold the value. */
async function expectNowhere(context: Context, value: string): Promise<void> {
  const bare = { name: undefined, email: undefined, picture: undefined, nickname: undefined };
  const token = await context.mint.signIn(context.newPerson(), { claims: bare });
  const answers = [await context.client.authenticate(token), await context.client.snapshot()];
  const leak = answers.find(({ text }) => text.includes(value));
  if (!leak) return;
  showLast(context, leak);
  throw new Unsatisfied('a value under __proto__ in no profile', leak.text.slice(0, 300));
}
