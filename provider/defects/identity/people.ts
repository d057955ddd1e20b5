import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { both, extend, isAt, store, verifier } from '../../alterations/hooks.ts';
import { otherIds } from '../../alterations/other-ids.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Settings } from '../../settings.ts';
import type { Identity } from '../../user.ts';
import { createVerifier, identityOf } from '../../verifier.ts';
import type { Defect } from '../defect.ts';

/** Uses the id token beside a good access token. */
function usesIdToken(
  use: (idToken: string, owner: Identity, settings: Settings) => Identity | Promise<Identity>,
): Alteration {
  const beside = new Map<string, string>();
  return both(
    verifier((verify, settings) => async (token) => {
      const owner = await verify(token);
      const idToken = beside.get(token);
      beside.delete(token);
      return idToken ? use(idToken, owner, settings) : owner;
    }),
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { access_token, id_token } = (request.body ?? {}) as { access_token?: string; id_token?: string };
        if (isAt(request, 'authenticate') && access_token && id_token) beside.set(access_token, id_token);
      });
    }),
  );
}

const unverified = (token: string): Identity => {
  try {
    return identityOf(decodeJwt(token));
  } catch {
    throw new Problem(401, 'The id token is not valid.');
  }
};

/** The ids of those who left, for those who come. */
function givesIdsAgain(): Alteration {
  const free: string[] = [];
  const given = new Map<string, string>();
  return both(
    otherIds(({ id }) => {
      const other = given.get(id) ?? free.pop() ?? id;
      given.set(id, other);
      return other;
    }),
    store((own) => ({
      remove(id) {
        const was = own.remove(id);
        if (was) free.push(id);
        return was;
      },
    })),
  );
}

/** People who get another's id, profile or place. */
export const peopleDefects: readonly Defect[] = [
  {
    name: 'token-sent-twice-is-two',
    sentence: 'A token that is sent a second time makes a second user.',
    requirement: 'USR-ID-004',
    seed: verifier((verify) => {
      const seen = new Set<string>();
      return async (token) => {
        const identity = await verify(token);
        if (seen.has(token)) return { ...identity, subject: `${identity.subject} again` };
        seen.add(token);
        return identity;
      };
    }),
  },
  {
    name: 'ids-are-few',
    sentence: 'An id is made of four bits of a hash: two users soon have the same.',
    requirement: 'USR-ID-017',
    seed: otherIds(
      ({ id }) =>
        `${createHash('sha256').update(id).digest('hex').slice(0, 1)}${id.slice(8).replaceAll(/[0-9a-f]/g, '0')}`,
    ),
  },
  {
    name: 'ids-are-given-again',
    sentence: 'Who signs in gets the id of who left last.',
    requirement: 'USR-ID-018',
    seed: givesIdsAgain(),
  },
  {
    name: 'sign-in-again-names-neighbour',
    sentence: 'Signing in again also changes the name of the user before in the list: an index is off by one.',
    requirement: 'USR-ID-019',
    seed: store((own) => ({
      signIn(identity, now) {
        const all = [...own.all()];
        const index = all.findIndex((user) => user.identity.subject === identity.subject);
        const neighbour = all[index - 1];
        if (neighbour && identity.name) own.signIn({ ...neighbour.identity, name: identity.name }, now);
        return own.signIn(identity, now);
      },
    })),
  },
  {
    name: 'id-token-says-who',
    sentence: 'The id token says who signs in, whosever the access token is.',
    requirement: 'USR-ID-020',
    seed: usesIdToken((idToken) => unverified(idToken)),
  },
  {
    name: 'id-token-is-not-verified',
    sentence: 'The profile is taken from an id token that is decoded and not verified.',
    requirement: 'USR-SEC-023',
    seed: usesIdToken((idToken, owner) => {
      const identity = unverified(idToken);
      return identity.subject === owner.subject ? identity : owner;
    }),
  },
  {
    name: 'id-token-of-anybody',
    sentence: 'The profile is taken from a good id token, whosever it is.',
    requirement: 'USR-SEC-024',
    seed: usesIdToken(async (idToken, { subject }, settings) => {
      const audience = String(unverifiedAudience(idToken));
      return { ...(await createVerifier({ ...settings, audience })(idToken)), subject };
    }),
  },
];

const unverifiedAudience = (token: string): unknown => {
  try {
    return decodeJwt(token).aud;
  } catch {
    throw new Problem(401, 'The id token is not valid.');
  }
};
