import type { Answer } from '../../../target/http.ts';
import type { Forge, OAuthToken } from '../../../target/mint.ts';
import type { Person } from '../../../target/person.ts';
import type { Target } from '../../../target/target.ts';
import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { ISSUER } from '../../support/faults/needs.ts';
import { Trust } from '../../support/faults/trust.ts';
import type { Place } from '../../support/place.ts';
import { inBody, inHeader } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { canary, expectNoSecret, secretsOf, withCanaries } from '../../support/secrets.ts';
import { times } from '../../support/times.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const SIGN_IN = '/users/authenticate/from_token';
const HOUR_S = 3600;
const JSON_TYPE = { 'content-type': 'application/json' };

requirement(
  'USR-SEC-030',
  'no answer holds a secret after somebody signed in',
  { needs: ['tokens'] },
  async (context) => {
    for (const person of context.newAccounts()) await expectLifeWithoutSecrets(context, person);
  },
);

async function expectLifeWithoutSecrets(context: Context, person: Person): Promise<void> {
  const { client } = context;
  const token = withCanaries(await context.mint.signIn(person));
  const secrets = secretsOf(token);

  const signedIn = await client.authenticate(token, { authorization: `Bearer ${token.access_token}` });
  const { id } = profileOf(signedIn);
  const neighbour = (await context.signIn()).profile.id;
  const others = [await client.authenticate(token), await client.one(id), await client.snapshot()];
  others.push(await client.disconnect(neighbour)); // whose answer holds those who are left
  const answers = [signedIn, ...others, await client.disconnect(id)];

  for (const answer of answers) {
    expectNoSecret(context, `${answer.exchange.method} ${new URL(answer.exchange.url).pathname}`, answer, secrets);
  }
}

requirement(
  'USR-SEC-031',
  'no answer holds a secret after a request was refused',
  { needs: ['forge'] },
  async (context) => {
    const person = context.newPerson();
    const access_token = await context.mint.accessToken(person, { sign: 'foreign' });
    const token = withCanaries({ ...(await context.mint.signIn(person)), access_token });

    for (const [what, answer] of Object.entries(await sendRefused(context, token))) {
      if (answer) expectNoSecret(context, what, answer, secretsOf(token));
    }
  },
);

requirement(
  'USR-SEC-031',
  'no answer holds a secret after a token was refused for whatever reason',
  { needs: ['forge'] },
  async (context) => {
    for (const [what, access_token] of Object.entries(await worthlessTokens(context))) {
      for (const submit of [inBody, inHeader]) {
        const answer = await unlessClosed(submit(context.client, access_token));
        if (answer) expectNoSecret(context, what, answer, secretsOf({ access_token }));
      }
    }
  },
);

requirement(
  'USR-SEC-032',
  'no secret is logged after sign-in and after refusals',
  { needs: ['forge', 'fresh', 'logs', 'terminate'] },
  async (context) => {
    expectNoneLogged(await useSecrets(context));
  },
);

requirement(
  'USR-SEC-032',
  'no secret is logged after a sign-in while the issuer was down',
  { ...ISSUER, needs: [...ISSUER.needs, 'logs', 'terminate'] },
  async (context) => {
    expectNoneLogged(await useSecretsInVain(context));
  },
);

requirement(
  'USR-SEC-036',
  'no secret is in the files of the provider after sign-in and after refusals',
  { needs: ['forge', 'fresh', 'terminate'] },
  async (context) => {
    await expectNoneStored(await useSecrets(context));
  },
);

requirement(
  'USR-SEC-036',
  'no secret is in the files of the provider after a sign-in while the issuer was down',
  { ...ISSUER, needs: [...ISSUER.needs, 'terminate'] },
  async (context) => {
    await expectNoneStored(await useSecretsInVain(context));
  },
);

requirement('USR-SEC-033', 'TRACE shows no credentials when it carries some', { needs: [] }, async (context) => {
  const secret = canary();
  const headers = { authorization: `Bearer ${secret}`, cookie: `session=${secret}` };

  const answer = await unlessClosed(context.client.send('TRACE', '/users', { headers }));

  if (answer) expectNoSecret(context, 'TRACE /users', answer, { 'the bearer token': secret });
});

/** Secrets, each with what it is, that a target which has ended was told. */
interface Told {
  readonly target: Target;
  readonly secrets: readonly [string, string][];
}

function expectNoneLogged({ target, secrets }: Told): void {
  for (const [what, secret] of secrets) {
    if (target.hasLogged(secret)) throw new Unsatisfied('no secret in the log', `${what}, as it was sent`);
  }
}

async function expectNoneStored({ target, secrets }: Told): Promise<void> {
  const files = await target.storedFiles();
  for (const [what, secret] of secrets) {
    const file = files.find(({ bytes }) => bytes.includes(secret));
    if (file) throw new Unsatisfied("no secret in the provider's files", `${what}, as it was sent, in ${file.name}`);
  }
}

/**
 * Somebody signs in to a target of the check's own, twice; a forged token is refused by it in every way, and it ends: what was
 * still in a buffer is written then.
 */
async function useSecrets(context: Context): Promise<Told> {
  const own = await context.openOwn();
  const person = context.newPerson();
  const goods = await times(2, async () => withCanaries(await context.mint.signIn(person)));
  const forged = withCanaries({
    ...goods[0]!,
    access_token: await context.mint.accessToken(person, { sign: 'foreign' }),
  });

  // The second one finds a user who is there already: other code, and other things to keep.
  for (const good of goods)
    profileOf(await own.client.authenticate(good, { authorization: `Bearer ${good.access_token}` }));
  await sendRefused(own, forged);
  const worthless = Object.entries(await worthlessTokens(context));
  for (const [, token] of worthless) await unlessClosed(inBody(own.client, token));
  await own.terminate();

  const secrets = [
    ...goods.flatMap((good) => namedSecretsOf(good, 'a token that signs in')),
    ...namedSecretsOf(forged, 'a refused token'),
    ...worthless.flatMap(([what, access_token]) => namedSecretsOf({ access_token }, what)),
  ];
  return { target: own.target, secrets };
}

/** Somebody comes with a good token, of a key that the provider cannot have seen and cannot ask for. */
async function useSecretsInVain(context: Context): Promise<Told> {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('down');
  await trust.issuer.rotateKeys();
  const token = withCanaries(await trust.prepare(context.newPerson()));

  await trust.attempt(undefined, token);
  await trust.own.terminate();

  return { target: trust.own.target, secrets: namedSecretsOf(token, 'a token that came while the issuer was down') };
}

/** An access token for each reason to refuse one, by that reason. All else about each is good. */
async function worthlessTokens(context: Context): Promise<Record<string, string>> {
  const nowS = Math.floor(Date.now() / 1000);
  const token = (forge: Forge) => context.mint.accessToken(context.newPerson(), forge);
  return {
    'a token that has expired': await token({ claims: { exp: nowS - HOUR_S, iat: nowS - 2 * HOUR_S } }),
    'a token that is not valid yet': await token({ claims: { nbf: nowS + HOUR_S, exp: nowS + 2 * HOUR_S } }),
    'a token that never expires': await token({ claims: { exp: undefined } }),
    'a token for another audience': await token({ claims: { aud: 'https://other.example' } }),
    'a token of another issuer': await token({ claims: { iss: 'https://other.example' } }),
    'a token of nobody': await token({ claims: { sub: undefined } }),
    'a token under an unknown key': await token({ header: { kid: canary() } }),
    'a token that is not signed': await token({ sign: 'none' }),
    'a token of another algorithm': await token({ sign: 'hs256-with-public-key' }),
    'a token that lost its signature': (await token({})).split('.').slice(0, 2).join('.'),
    'a token that is no JWT': canary(),
  };
}

const namedSecretsOf = (token: Partial<OAuthToken>, which: string) =>
  Object.entries(secretsOf(token)).map(([name, secret]): [string, string] => [`${name} of ${which}`, secret]);

/** Hands the secrets of a token in by every way that is refused, and answers with what came back. */
async function sendRefused({ client }: Place, token: OAuthToken): Promise<Record<string, Answer | undefined>> {
  const body = JSON.stringify(token);
  const post = (json: string, headers: Record<string, string> = JSON_TYPE) =>
    unlessClosed(client.send('POST', SIGN_IN, { headers, body: json }));
  const bearer = { authorization: `Bearer ${token.access_token}` };
  return {
    'a forged token': await post(body),
    'a forged token in the header': await unlessClosed(client.authenticate(undefined, bearer)),
    'a token that is cut off': await post(body.slice(0, -2)),
    'a token without quotes': await post(body.replaceAll('"', '')),
    'a refresh token without quotes': await post(body.replace(`"${token.refresh_token}"`, String(token.refresh_token))),
    'a token in an array': await post(`[${body}]`),
    'an access token in an array': await post(JSON.stringify({ ...token, access_token: [token.access_token] })),
    'an access token in an object': await post(
      JSON.stringify({ ...token, access_token: { value: token.access_token } }),
    ),
    'an expires_in that is a secret': await post(JSON.stringify({ ...token, expires_in: token.refresh_token })),
    'a token as a form': await post(new URLSearchParams({ access_token: token.access_token }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    }),
    'a token at a path that is not there': await unlessClosed(
      client.send('POST', '/users/nobody/nothing', { headers: { ...JSON_TYPE, ...bearer }, body }),
    ),
  };
}
