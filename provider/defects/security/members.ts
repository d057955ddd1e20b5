import { both, extend, isAt, profile, store } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';
import { claimsOf, looksAt, showsClaim } from '../support/claims.ts';

type Members = Readonly<Record<string, unknown>>;

/** What the token says of its subject, for each subject. */
const fromClaims = (alter: (said: ReadonlyMap<string, Members>) => Alteration): Alteration => {
  const said = new Map<string, Members>();
  return both(
    alter(said),
    looksAt((claims) => said.set(String(claims.sub), claims)),
  );
};

/** What the body says beside the token, for each subject. */
const fromBodies = (alter: (said: ReadonlyMap<string, Members>) => Alteration): Alteration => {
  const said = new Map<string, Members>();
  const listen = extend((app) => {
    app.addHook('preHandler', async (request) => {
      const body = request.body as Members | undefined;
      const { sub } = claimsOf(String(body?.access_token));
      if (isAt(request, 'authenticate') && body && sub) said.set(sub, body);
    });
  });
  return both(alter(said), listen);
};

/** Whoever is named by `id` is who signs in. */
const idNamesTheUser = (said: ReadonlyMap<string, Members>): Alteration =>
  store((own) => ({
    signIn(identity, now) {
      const named = own.find(String(said.get(identity.subject)?.id));
      return own.signIn(named ? { ...identity, subject: named.identity.subject } : identity, now);
    },
  }));

/** Members of a token, or of a body, that are taken for those of a user (mass assignment). */
export const memberDefects: readonly Defect[] = [
  {
    name: 'claims-are-spread',
    sentence: 'All claims are spread over the profile: one named created or aesthetics stands in its place.',
    requirement: 'USR-SEC-076',
    seed: fromClaims((said) =>
      profile((user, { identity }) => ({ ...user, ...said.get(identity.subject), id: user.id })),
    ),
  },
  {
    name: 'claims-are-laid-over-the-profile',
    sentence: 'A profile is sent with the claims of the last token laid over it, an id among them.',
    requirement: 'USR-SEC-076',
    seed: showsClaim('id', (user, id) => ({ ...user, id })),
  },
  {
    name: 'id-claim-names-the-user',
    sentence: 'A claim named id says who signs in, where it is the id of a user.',
    requirement: 'USR-SEC-076',
    seed: fromClaims(idNamesTheUser),
  },
  {
    name: 'body-is-the-profile',
    sentence: 'A name, an e-mail address or a picture in the body stands for that of the token.',
    requirement: 'USR-SEC-077',
    seed: fromBodies((said) =>
      profile((user, { identity }) => {
        const { name, email, picture } = said.get(identity.subject) ?? {};
        return { ...user, ...JSON.parse(JSON.stringify({ name, email, picture })) };
      }),
    ),
  },
  {
    name: 'body-id-names-the-user',
    sentence: 'An id in the body says who signs in, where it is that of a user.',
    requirement: 'USR-SEC-077',
    seed: fromBodies(idNamesTheUser),
  },
];
