import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { loopbackPort } from '../../support/loopback.ts';
import { expectNoDisconnect, expectNoSignIn } from '../../support/refused-routes.ts';
import { requirement } from '../../support/requirement.ts';
import { unlessClosed } from '../../support/tolerance.ts';

const FOREIGN = ['https://evil.example', 'http://evil.example', 'http://evil.example:8080', 'http://203.0.113.7'];

requirement('USR-SEC-045', 'nobody is made or changed when a foreign Origin signs in', {}, (context) =>
  expectNoSignInFrom(context, FOREIGN),
);

requirement('USR-SEC-046', 'nobody is disconnected when a foreign Origin asks', {}, (context) =>
  expectNoDisconnectFrom(context, FOREIGN),
);

/** The path of a disconnect as routers take it that a guard may not know: by its end, by a prefix, by what a server makes of it. */
const SPELLINGS: readonly ((id: string) => string)[] = [
  (id) => `/users/${id}/disconnect/`,
  (id) => `/users/${id}/disconnect?`,
  (id) => `/users/${id}/disconnect?from=page`,
  (id) => `//users/${id}/disconnect`,
  (id) => `/users//${id}/disconnect`,
  (id) => `/users/${id}/disconnect//`,
  (id) => `/users/./${id}/disconnect`,
  (id) => `/users/${id}/%64isconnect`,
  (id) => `/%75sers/${id}/disconnect`,
  (id) => `/users/${id}/Disconnect`,
  (id) => `/USERS/${id}/disconnect`,
];

requirement(
  'USR-SEC-046',
  'nobody is disconnected when a foreign Origin spells the path otherwise',
  {},
  async (context) => {
    const [headers] = Object.values(headersFrom(FOREIGN[0]!));
    const ways = SPELLINGS.map((spell) => [
      `a disconnect from ${FOREIGN[0]} at ${spell('{user}')}`,
      (id: string) => unlessClosed(context.client.send('POST', spell(encodeURIComponent(id)), { headers: headers! })),
    ]);
    await expectNoDisconnect(context, Object.fromEntries(ways));
  },
);

requirement('USR-SEC-047', 'nothing changes when the Origin is null', {}, async (context) => {
  await expectNoSignInFrom(context, ['null']);
  await expectNoDisconnectFrom(context, ['null']);
});

requirement('USR-SEC-048', 'nothing changes when the Origin only resembles our own', {}, async (context) => {
  const port = loopbackPort(context);
  const lookalikes = [
    `http://localhost.evil.example:${port}`,
    `http://127.0.0.1.evil.example:${port}`,
    `http://evil-localhost.example`,
    `http://notlocalhost:${port}`,
    `http://evil-localhost`,
    `http://evil.example:${port}`,
    `https://evil.example/http://localhost:${port}`,
  ];

  await expectNoSignInFrom(context, lookalikes);
  await expectNoDisconnectFrom(context, lookalikes);
});

requirement('USR-SEC-049', 'everything is served when a fetch outside a browser asks', {}, async (context) => {
  const headers = { 'sec-fetch-mode': 'cors', 'accept-language': '*', 'user-agent': 'node' };
  const signedIn = await context.client.authenticate(await context.mint.signIn(context.newPerson()), headers);
  const { id } = profileOf(signedIn);
  const path = `/users/${encodeURIComponent(id)}`;

  const ids = usersOf(await context.client.snapshot(headers)).map((user) => user.id);
  const one = profileOf(await context.client.send('GET', path, { headers }));
  const left = usersOf(await context.client.send('POST', `${path}/disconnect`, { headers })).map((user) => user.id);

  expect(ids).toContain(id);
  expect(one.id).toBe(id);
  expect(left).not.toContain(id);
});

requirement('USR-SEC-053', 'nobody is disconnected when a GET asks to be taken for a POST', {}, async (context) => {
  const ask = (suffix: string) => (id: string) =>
    unlessClosed(context.client.send('GET', `/users/${encodeURIComponent(id)}${suffix}`));

  await expectNoDisconnect(context, {
    'a GET': ask('/disconnect'),
    'a GET with _method=POST': ask('/disconnect?_method=POST'),
    'a GET with _method=DELETE': ask('?_method=DELETE'),
  });
});

/** What browsers send with a request from another site's page: newer ones say so once more. */
const headersFrom = (origin: string): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  [`the Origin ${origin}`]: {
    origin,
    referer: `${origin}/`,
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'cors',
  },
  [`the Origin ${origin} and an older browser`]: { origin, referer: `${origin}/` },
});

async function expectNoSignInFrom(context: Context, origins: readonly string[]): Promise<void> {
  const ways = origins.flatMap((origin) =>
    Object.entries(headersFrom(origin)).map(([from, headers]) => [
      `a sign-in from ${from}`,
      (token: object) => unlessClosed(context.client.authenticate(token, headers)),
    ]),
  );
  await expectNoSignIn(context, Object.fromEntries(ways));
}

async function expectNoDisconnectFrom(context: Context, origins: readonly string[]): Promise<void> {
  const ways = origins.flatMap((origin) =>
    Object.entries(headersFrom(origin)).map(([from, headers]) => [
      `a disconnect from ${from}`,
      (id: string) =>
        unlessClosed(context.client.send('POST', `/users/${encodeURIComponent(id)}/disconnect`, { headers })),
    ]),
  );
  await expectNoDisconnect(context, Object.fromEntries(ways));
}
