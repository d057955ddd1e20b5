import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyOptions, jwtVerify } from 'jose';
import { verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Settings } from '../../settings.ts';
import type { Identity } from '../../user.ts';
import { identityOf } from '../../verifier.ts';

/** Takes a token that the provider's own verifier refuses, where `accept` says whose it is. */
export const alsoTakes = (accept: (token: string, settings: Settings) => Promise<Identity> | Identity): Alteration =>
  verifier((verify, settings) => async (token) => {
    try {
      return await verify(token);
    } catch (refusal) {
      try {
        return await accept(token, settings);
      } catch {
        throw refusal;
      }
    }
  });

/** Also takes a token that is good but for some rules: those that are left out of, or widened in, what `rules` makes of the usual ones. */
export const forgives = (rules: (usual: JWTVerifyOptions, token: string) => JWTVerifyOptions): Alteration =>
  alsoTakes(async (token, settings) => {
    const usual: JWTVerifyOptions = {
      issuer: settings.issuer,
      audience: settings.audience,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['sub', 'exp'],
    };
    const { payload } = await jwtVerify(token, createLocalJWKSet(await keysOf(settings)), rules(usual, token));
    return identityOf(payload);
  });

/** The issuer's keys as it publishes them now. */
export async function keysOf({ issuer }: Settings): Promise<JSONWebKeySet> {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri } = (await discovery.json()) as { jwks_uri: string };
  return (await (await fetch(jwks_uri)).json()) as JSONWebKeySet;
}
