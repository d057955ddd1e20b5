import { decodeJwt, type JWTPayload } from 'jose';
import { extend, isAt, store, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';

/** Something else of the token is part of what a user is known by. */
const knownByToo = (part: (claims: JWTPayload) => string): Alteration =>
  verifier((verify) => async (token) => {
    const identity = await verify(token);
    return { ...identity, subject: `${identity.subject}${part(decodeJwt(token))}` };
  });

/** Whoever leaves takes the others of the same e-mail out of the index: they come a second time. */
const unindexesNamesakes: Alteration = store((own) => {
  const unindexed = new Set<string>();
  return {
    signIn(identity, now) {
      const { subject } = identity;
      return own.signIn(unindexed.has(subject) ? { ...identity, subject: `${subject} (again)` } : identity, now);
    },
    remove(id) {
      const email = own.find(id)?.identity.email;
      for (const user of own.all())
        if (user.id !== id && email !== undefined && user.identity.email === email)
          unindexed.add(user.identity.subject);
      return own.remove(id);
    },
  };
});

/** What a user is known by, beside or in the place of its subject. */
export const keyDefects: readonly Defect[] = [
  {
    name: 'header-beats-body',
    sentence: 'Where a sign-in has an Authorization header, that says who signs in.',
    requirement: 'USR-ID-032',
    seed: extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { authorization } = request.headers;
        if (!authorization || !isAt(request, 'authenticate')) return;
        request.body = { ...(request.body as object), access_token: authorization.replace(/^Bearer /, '') };
      });
    }),
  },
  {
    name: 'scope-is-part-of-the-key',
    sentence: 'The same subject with another scope is a second user.',
    requirement: 'USR-ID-003',
    seed: knownByToo(({ scope }) => (scope === 'openid profile email' ? '' : ` ${scope}`)),
  },
  {
    name: 'audiences-are-part-of-the-key',
    sentence: 'The same subject with several audiences is a second user.',
    requirement: 'USR-ID-003',
    seed: knownByToo(({ aud }) => (Array.isArray(aud) ? ` ${aud.join()}` : '')),
  },
  {
    name: 'index-goes-with-the-mail',
    sentence: 'Who has the e-mail of somebody who left is a second user at the next sign-in.',
    requirement: 'USR-ID-006',
    seed: unindexesNamesakes,
  },
  {
    name: 'list-is-by-name',
    sentence: 'Of users without a nickname the snapshot shows one of each name.',
    requirement: 'USR-ID-007',
    seed: store((own) => ({
      all: () => new Map([...own.all()].map((user) => [user.identity.nickname ?? user.identity.name, user])).values(),
    })),
  },
];
