import type { BrokerSettings } from './settings.ts';

/** The broker cannot be asked: nothing is known. */
export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable';
}

/**
 * Asks the broker for a resource (a path, or a link that it gave) and gives its JSON. Rejects with `BrokerUnreachable` when it
 * does not answer within 10 s, or with anything but 2xx.
 */
export async function askBroker(
  broker: BrokerSettings,
  link: string,
  init: { readonly method?: string; readonly body?: unknown } = {},
): Promise<unknown> {
  const { method = 'GET', body } = init;
  const url = new URL(link, `${broker.url}/`);
  // A link to elsewhere would be handed our credentials.
  if (url.origin !== new URL(broker.url).origin)
    throw new BrokerUnreachable(`the broker names another server: ${url.origin}`);
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/hal+json, application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...broker.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: Error) => {
    throw new BrokerUnreachable(`the broker at ${broker.url} does not answer: ${causeOf(cause)}`, { cause });
  });
  const text = await response.text();
  if (!response.ok)
    throw new BrokerUnreachable(`the broker answered ${method} ${url.pathname} with ${response.status}`);
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new BrokerUnreachable(`${broker.url} is no Pact Broker: ${method} ${url.pathname} gave no JSON`, { cause });
  }
}

const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
