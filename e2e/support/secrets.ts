import { randomBytes } from 'node:crypto';
import type { Answer } from '../../target/http.ts';
import type { OAuthToken } from '../../target/mint.ts';
import type { Place } from './place.ts';
import { showLast } from './traces.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** A value that stands nowhere else in the world. */
export const canary = (): string => `canary${randomBytes(12).toString('hex')}`;

/** A token with every kind of secret that one may carry. By its scope the client asks that it be kept for later. */
export const withCanaries = (token: OAuthToken): OAuthToken => ({
  ...token,
  scope: 'openid profile email offline_access',
  refresh_token: canary(),
  client_secret: canary(),
});

/** Secrets by their names. */
export type Secrets = Readonly<Record<string, string>>;

/** The secrets of a token, each as it would be found in a text: cut in half, and of a JWT also its signature alone. */
export function secretsOf({ access_token, id_token, refresh_token, client_secret }: Partial<OAuthToken>): Secrets {
  const secrets = Object.entries({ access_token, id_token, refresh_token, client_secret })
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .flatMap(([name, value]) => [
      [name, value],
      [`half of ${name}`, value.slice(0, Math.ceil(value.length / 2))],
      [`the signature of ${name}`, value.split('.').at(-1) ?? value],
    ])
    .filter(([, secret]) => secret); // a token that is not signed has an empty signature
  return Object.fromEntries(secrets);
}

/** Neither a header nor the body of the answer holds one of the secrets. */
export function expectNoSecret(place: Place, what: string, answer: Answer, secrets: Secrets): void {
  for (const [where, text] of Object.entries({ body: answer.text, ...answer.headers })) {
    const leak = Object.entries(secrets).find(([, secret]) => text.includes(secret));
    if (!leak) continue;
    showLast(place, answer);
    throw new Unsatisfied(`no secret in the answer to ${what}`, `status ${answer.status}, ${leak[0]} in its ${where}`);
  }
}
