import { randomBytes } from 'node:crypto';
import type { Answer } from '../../target/http.ts';
import type { OAuthToken } from '../../target/mint.ts';
import type { Place } from './place.ts';
import { showLast } from './traces.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** A value that stands nowhere else in the world. */
export const canary = (): string => `canary${randomBytes(12).toString('hex')}`;

/** A token with every kind of secret that one may carry. */
export const withCanaries = (token: OAuthToken): OAuthToken => ({
  ...token,
  refresh_token: canary(),
  client_secret: canary(),
});

/** The secrets of a token, each as it would be found in a text: of a JWT also its signature alone. */
export const secretsOf = ({ access_token, id_token, refresh_token, client_secret }: OAuthToken): string[] =>
  [access_token, id_token, refresh_token, client_secret]
    .filter((value): value is string => typeof value === 'string')
    .flatMap((value) => [value, value.split('.').at(-1) ?? value]);

/** Neither a header nor the body of the answer holds one of the secrets. */
export function expectNoSecret(place: Place, what: string, answer: Answer, secrets: readonly string[]): void {
  const places = { body: answer.text, ...answer.headers };
  const leak = Object.entries(places).find(([, text]) => secrets.some((secret) => text.includes(secret)));
  if (!leak) return;
  showLast(place, answer);
  throw new Unsatisfied(`no secret in the answer to ${what}`, `status ${answer.status}, one in its ${leak[0]}`);
}
