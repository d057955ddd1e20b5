import { z } from 'zod';
import { UsageError } from './usage-error.ts';

const environmentSchema = z.object({
  PACT_BROKER_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PACT_BROKER_TOKEN: z.string().optional(),
  PACT_BROKER_USERNAME: z.string().optional(),
  PACT_BROKER_PASSWORD: z.string().optional(),
  PACT_PROVIDER_VERSION: z.string().optional(),
  PACT_PROVIDER_BRANCH: z.string().optional(),
});

/** Where the Pact Broker is, and who we are to it. */
export interface BrokerSettings {
  /** No trailing slash. */
  readonly url: string;
  /** The `Authorization` header; empty without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which provider is verified, where git cannot say it. */
  readonly provider: { readonly version: string | undefined; readonly branch: string | undefined };
  /** The same for pact-cli, as environment variables. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The broker of the environment; undefined when `PACT_BROKER_BASE_URL` is not set. Token and password come this way only: an
 * argument can be read by everybody on the machine. Throws a `UsageError` when the URL is none.
 */
export function readBrokerSettings(
  environment: Readonly<Record<string, string | undefined>>,
): BrokerSettings | undefined {
  const named = Object.entries(environment).filter(([, value]) => value !== '');
  const { success, data: read } = environmentSchema.safeParse(Object.fromEntries(named));
  if (!success) throw new UsageError('PACT_BROKER_BASE_URL is no http or https URL');
  const { PACT_BROKER_BASE_URL: baseUrl, PACT_BROKER_TOKEN: token, PACT_BROKER_USERNAME: user } = read;
  if (baseUrl === undefined) return undefined;
  // It would stand in error messages, and in the arguments of whoever is handed the URL.
  if (new URL(baseUrl).username || new URL(baseUrl).password) {
    throw new UsageError(
      'PACT_BROKER_BASE_URL has a name or password in it: PACT_BROKER_USERNAME and _PASSWORD take them',
    );
  }
  const url = baseUrl.replace(/\/+$/, '');
  const basic = user && Buffer.from(`${user}:${read.PACT_BROKER_PASSWORD ?? ''}`).toString('base64');
  const authorization = token ? `Bearer ${token}` : basic && `Basic ${basic}`;
  const given = Object.entries(read).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    url,
    provider: { version: read.PACT_PROVIDER_VERSION, branch: read.PACT_PROVIDER_BRANCH },
    headers: authorization ? { authorization } : {},
    environment: { ...Object.fromEntries(given), PACT_BROKER_BASE_URL: url },
  };
}
