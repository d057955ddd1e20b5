import { z } from 'zod';
import { type Claims, overlay } from './claims.ts';
import type { Forge, Mint, OAuthToken, SignInOverrides } from './mint.ts';
import { buildPerson, type Person } from './person.ts';
import { ALGORITHMS } from './signing.ts';

/** JSON has no `undefined`: claims and header members to remove are listed by name. */
const changeSchema = z.strictObject({
  set: z.record(z.string(), z.unknown()).optional(),
  remove: z.array(z.string()).optional(),
});
type Change = z.infer<typeof changeSchema>;

/**
 * What `POST /assay/mint` of our issuer takes. All of it is optional: `{}` signs somebody in.
 * With `sign`, `header` or `raw` the answer is one access token; else a good pair.
 */
export const mintRequestSchema = z.strictObject({
  person: z
    .strictObject({
      subject: z.string(),
      email: z.string(),
      name: z.string(),
      picture: z.string(),
      nickname: z.string(),
    })
    .partial()
    .optional(),
  claims: changeSchema.optional(),
  alg: z.enum(ALGORITHMS).optional(),
  header: changeSchema.optional(),
  sign: z.enum(['ours', 'foreign', 'none', 'hs256-with-public-key']).optional(),
  raw: z.strictObject({ header: z.string(), payload: z.string(), alg: z.enum(ALGORITHMS) }).optional(),
});
export type MintRequest = z.infer<typeof mintRequestSchema>;

/** Serves a request with our own keys. */
export async function serveMintRequest(
  mint: Mint,
  request: MintRequest,
): Promise<OAuthToken | Pick<OAuthToken, 'access_token'>> {
  const { person: named = {}, claims, alg, header, sign, raw } = request;
  if (raw) return { access_token: await mint.rawSign(raw.header, raw.payload, raw.alg) };
  const person = buildPerson('byhand00', definedOf(named));
  const overrides: SignInOverrides = { ...(claims && { claims: fromChange(claims) }), ...(alg && { alg }) };
  if (!header && !sign) return mint.signIn(person, overrides);
  return {
    access_token: await mint.accessToken(person, {
      ...overrides,
      ...(header && { header: fromChange(header) }),
      ...(sign && { sign }),
    }),
  };
}

/** The request that has `forge` done elsewhere. */
export const toMintRequest = (person: Person, { claims, header, alg, sign }: Forge): MintRequest => ({
  person: { ...person },
  ...(claims && { claims: toChange(claims) }),
  ...(header && { header: toChange(header) }),
  ...(alg && { alg }),
  ...(sign && { sign }),
});

const toChange = (over: Claims): Change => ({
  set: overlay(over),
  remove: Object.keys(over).filter((name) => over[name] === undefined),
});

const fromChange = ({ set = {}, remove = [] }: Change): Claims => ({
  ...set,
  ...Object.fromEntries(remove.map((name) => [name, undefined])),
});

const definedOf = (person: NonNullable<MintRequest['person']>): Partial<Person> => overlay(person) as Partial<Person>;
