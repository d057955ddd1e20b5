import { createHmac } from 'node:crypto';
import type { OAuthToken } from '../../../target/mint.ts';
import type { Person } from '../../../target/person.ts';
import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { assembleJwt, encodePart, readJwt } from '../../support/jwt.ts';
import { expectPowerless, inBody, inHeader, type Submit } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoTrace, expectUnchanged } from '../../support/traces.ts';

requirement(
  'USR-SEC-019',
  'nobody is made or changed when an id token is the access token',
  { needs: ['forge'] },
  (context) =>
    expectPowerless(context, {
      'an id token': async (person) => String((await context.mint.signIn(person)).id_token),
      'an ES256 id token': async (person) => String((await context.mint.signIn(person, { alg: 'ES256' })).id_token),
    }),
);

requirement('USR-SEC-073', 'nobody is made or changed when the token is in the query', {}, async (context) => {
  const good = { 'a good token': (person: Person) => context.mint.accessToken(person) };
  for (const name of ['access_token', 'token']) await expectPowerless(context, good, inQuery(name));
});

const inQuery =
  (name: string): Submit =>
  (client, token) =>
    client.send('POST', `/users/authenticate/from_token?${name}=${token}`, { headers: { accept: 'application/json' } });

requirement(
  'USR-SEC-020',
  'the last one counts or nobody is made when a token has a claim twice',
  { needs: ['forge'] },
  async (context) => {
    const twice = (name: string, first: unknown, last: unknown) => async (person: Person) => {
      const { header, claims } = readJwt(await context.mint.accessToken(person));
      const { [name]: good, ...others } = claims;
      const [start, end] = [first, last].map((value) => JSON.stringify({ [name]: value === GOOD ? good : value }));
      const payload = `${start?.slice(0, -1)},${JSON.stringify(others).slice(1, -1)},${end?.slice(1)}`;
      return context.mint.rawSign(JSON.stringify(header), payload, 'RS256');
    };
    const victim = await context.signIn();
    const before = profileOf(await context.client.one(victim.profile.id));

    await expectPowerless(context, {
      'exp twice, the last one past': twice('exp', GOOD, 1),
      'aud twice, the last one foreign': twice('aud', GOOD, 'https://other.example'),
      'iss twice, the last one foreign': twice('iss', GOOD, 'https://other.example'),
      'nbf twice, the last one to come': twice('nbf', GOOD, Date.now() / 1000 + 3600),
      'alg twice, the last one none': async (person) => {
        const { claims } = readJwt(await context.mint.accessToken(person));
        return assembleJwt('{"alg":"RS256","alg":"none"}', claims, () => Buffer.alloc(0));
      },
    });
    await inBody(context.client, await twice('sub', victim.person.subject, GOOD)(context.newPerson()));
    await expectUnchanged(context, before, 'a token with sub twice, the last one of somebody else');
  },
);
const GOOD = Symbol('the value of a good token');

requirement(
  'USR-SEC-021',
  'nobody is made when the access token is no signed JWT',
  { needs: ['forge'] },
  async (context) => {
    const foreign = (person: Person) => context.mint.accessToken(person, { sign: 'foreign' });
    const withPayload = (payload: (person: Person) => unknown) => async (person: Person) => {
      const { header } = readJwt(await context.mint.accessToken(person));
      return context.mint.rawSign(JSON.stringify(header), JSON.stringify(payload(person)), 'RS256');
    };

    await expectPowerless(context, {
      'one space': () => ' ',
      'two dots': () => '..',
      'four dots': () => '....',
      'a word': () => 'null',
      'three words': () => 'a.b.c',
      'a subject': ({ subject }) => subject,
      'what is no base64': () => '{}.{}.{}',
      '100 KB': () => 'A'.repeat(100_000),
      '50,000 dots': () => '.'.repeat(50_000),
      'letters of other scripts': () => 'ключ.키.🔑',
      'a good token with a fourth part': async (person) => `${await context.mint.accessToken(person)}.e30`,
      'its claims alone': async (person) => encodePart(readJwt(await foreign(person)).claims),
      'its claims as JSON': async (person) => JSON.stringify(readJwt(await foreign(person)).claims),
      'the JSON serialization': async (person) => {
        const [header, payload, signature] = (await foreign(person)).split('.');
        return JSON.stringify({ payload, signatures: [{ protected: header, signature }] });
      },
      'an encrypted token that takes its maker a year to derive a key for': async (person) =>
        `${encodePart({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2s: 'c2FsdHNhbHQ', p2c: 2_147_483_647 })}.e30.e30.${encodePart(person)}.e30`,
      'claims that are text': withPayload(({ email }) => email),
      'claims that are a list': withPayload(({ subject, email }) => [subject, { email }]),
      'claims that are null': withPayload(() => null),
      'claims that are no JSON': async ({ email }) =>
        context.mint.rawSign('{"alg":"RS256"}', `{"email":"${email}"`, 'RS256'),
      'a header that is a list': async (person) =>
        assembleJwt('["RS256"]', readJwt(await foreign(person)).claims, (input) =>
          createHmac('sha256', '').update(input).digest(),
        ),
    });
  },
);

requirement(
  'USR-SEC-022',
  'nobody is made or changed when a forged token is in the Authorization header',
  { needs: ['forge'] },
  (context) =>
    expectPowerless(
      context,
      {
        'no signature': (person) => context.mint.accessToken(person, { sign: 'none' }),
        'a foreign signature': (person) => context.mint.accessToken(person, { sign: 'foreign' }),
        'an HMAC by the public key': (person) => context.mint.accessToken(person, { sign: 'hs256-with-public-key' }),
        'an exp an hour ago': (person) =>
          context.mint.accessToken(person, { claims: { exp: Date.now() / 1000 - 3600 } }),
        'another audience': (person) => context.mint.accessToken(person, { claims: { aud: 'https://other.example' } }),
        'an id token': async (person) => String((await context.mint.signIn(person)).id_token),
      },
      inHeader,
    ),
);

requirement(
  'USR-SEC-023',
  'nobody gets a profile when only the id token beside it is forged',
  { needs: ['forge'] },
  async (context) => {
    const forgeries = {
      'an id token without signature': { sign: 'none' },
      'an id token with a foreign signature': { sign: 'foreign' },
      'an id token with an HMAC by the public key': { sign: 'hs256-with-public-key' },
    } as const;

    for (const [what, { sign }] of Object.entries(forgeries)) {
      const ada = context.newPerson();
      const impostor = context.newPerson({ subject: ada.subject });
      const token = await context.mint.signIn(ada);
      const aud = readJwt(String(token.id_token)).claims.aud;
      const id_token = await context.mint.accessToken(impostor, { claims: { aud }, sign });
      await expectNoProfileOf(context, impostor, what, { ...token, id_token });
    }
  },
);

requirement(
  'USR-SEC-024',
  "nobody gets another's profile when the id token beside it is another's",
  { needs: ['forge'] },
  async (context) => {
    const victim = await context.signIn();
    const before = profileOf(await context.client.one(victim.profile.id));
    const other = context.newPerson();
    const token = await context.mint.signIn(context.newPerson());

    await expectNoProfileOf(context, other, "a stranger's id token", {
      ...token,
      id_token: (await context.mint.signIn(other)).id_token,
    });
    await context.client.authenticate({ ...token, id_token: victim.token.id_token });
    await expectUnchanged(context, before, 'an access token of somebody else beside its id token');
  },
);

async function expectNoProfileOf(context: Context, person: Person, what: string, token: OAuthToken): Promise<void> {
  const answer = await context.client.authenticate(token);
  await expectNoTrace(context, [{ what, person, answer }]);
}
