import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { components } from '../../contracts/openapi.d.ts';
import { Problem } from '../problem.ts';
import type { Alteration } from '../run.ts';
import type { Identity } from '../user.ts';
import { createVerifier, type Verifier } from '../verifier.ts';
import type { Variant } from './variant.ts';

type SignIn = FastifyRequest<{ Body: components['schemas']['OAuthToken'] | undefined }>;

/**
 * Takes the profile from the id token beside a good access token; the id token must be good, for the same client and person.
 * Where there is none nothing is known of the person, or what an id token said before.
 */
const fromIdToken: Alteration = (parts, settings) => {
  const create = parts.handlers;
  const byClient = new Map<string, Verifier>();
  const verifierFor = (client: string): Verifier => {
    const known = byClient.get(client) ?? createVerifier({ ...settings, audience: client });
    byClient.set(client, known);
    return known;
  };
  return {
    ...parts,
    handlers: (given, prepared) => {
      const knownOf = async (token: string): Promise<Identity> => {
        const { subject } = await given.verify(token);
        return [...given.store.all()].find(({ identity }) => identity.subject === subject)?.identity ?? { subject };
      };
      const without = create({ ...given, verify: knownOf }, prepared);
      return {
        ...without,
        authenticate_from_oauth_token: async (request: SignIn, reply: FastifyReply) => {
          if (!request.body?.id_token) return without.authenticate_from_oauth_token(request, reply);
          const { access_token, id_token } = request.body;
          const { subject } = await given.verify(access_token);
          const identity = await verifierFor(String(decodeJwt(access_token).client_id))(id_token);
          if (identity.subject !== subject) throw new Problem(401, 'The tokens are of two people.');
          const user = given.store.signIn(identity, given.clock.now());
          prepared.changed();
          return reply.type('application/json').send(prepared.profile(user));
        },
      };
    },
  };
};

/** Where the profile comes from. */
export const idTokenVariants: readonly Variant[] = [
  {
    name: 'profile-from-id-token',
    sentence: 'The profile is taken from the id token and nowhere else, and a bad id token is refused.',
    allowedBy: ['authenticate: OAuthToken with an optional id_token'],
    profile: 'hardened',
    alter: fromIdToken,
  },
];
