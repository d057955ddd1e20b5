import { createHmac } from 'node:crypto';
import type { Context } from '../../support/context.ts';
import { type HostileIssuer, startHostileIssuer } from '../../support/hostile-issuer.ts';
import { assembleJwt, readJwt } from '../../support/jwt.ts';
import { expectPowerless, type Forgery, inBody } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

requirement(
  'USR-SEC-007',
  'nobody is made or changed when the key is at an address that the token names',
  { needs: ['forge'] },
  async (context) => {
    await using issuer = await startHostileIssuer();

    await expectPowerless(context, pointingTo(issuer, context));
  },
);

requirement(
  'USR-SEC-008',
  'no address is asked for anything when a token names it',
  { needs: ['forge'] },
  async (context) => {
    await using issuer = await startHostileIssuer();

    for (const forge of Object.values(pointingTo(issuer, context))) {
      await inBody(context.client, await forge(context.newPerson()));
    }

    const [first] = issuer.requests;
    if (first) throw new Unsatisfied("no request to an attacker's server", first);
  },
);

/** Tokens that point to the attacker's key, truly signed by it. */
function pointingTo({ key, pointers }: HostileIssuer, { mint }: Context): Record<string, Forgery> {
  const forgeries = Object.entries(pointers).map(([what, { header, claims }]): [string, Forgery] => [
    what,
    async (person) => {
      const good = readJwt(await mint.accessToken(person));
      return assembleJwt({ ...good.header, ...header }, { ...good.claims, ...claims }, key.sign);
    },
  ]);
  return Object.fromEntries(forgeries);
}

const HOSTILE_KIDS: Readonly<Record<string, unknown>> = {
  'the path of an empty file': '../../../../../../../../dev/null',
  'the path of a file everybody has': '/etc/hostname',
  'a file address': 'file:///dev/null',
  'SQL that gives a key': "' UNION SELECT 'secret' -- ",
  'a quote': "'",
  'a shell command': '| sleep 30',
  'a shell substitution': '$(sleep 30)',
  'a NUL': 'a\0b',
  'a line break': 'a\r\nb: c',
  'the name of a member of every object': '__proto__',
  'the name of a method of every object': 'constructor',
  '8 KB': 'k'.repeat(8192),
  nothing: '',
  'a number': 0,
  'a boolean': true,
  null: null,
  'an array': ['a'],
  'an object': { $ne: null },
};

requirement(
  'USR-SEC-009',
  'nobody is made or changed and nothing breaks when the kid is hostile',
  { needs: ['forge'] },
  async (context) => {
    const forgeries: Record<string, Forgery> = {};
    for (const [what, kid] of Object.entries(HOSTILE_KIDS)) {
      const forge =
        (secret: string | undefined): Forgery =>
        async (person) => {
          if (secret === undefined) return context.mint.accessToken(person, { header: { kid }, sign: 'foreign' });
          const good = readJwt(await context.mint.accessToken(person));
          const sign = (input: Buffer) => createHmac('sha256', secret).update(input).digest();
          return assembleJwt({ ...good.header, alg: 'HS256', kid }, good.claims, sign);
        };
      forgeries[`a kid that is ${what}`] = forge(undefined);
      // What the kid leads to is the key: nothing (an empty file), or what the injected statement gives.
      forgeries[`a kid that is ${what}, under HS256`] = forge(what.startsWith('SQL') ? 'secret' : '');
    }

    await expectPowerless(context, forgeries);
  },
);
