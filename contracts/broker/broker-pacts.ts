import { z } from 'zod';
import { PROVIDER } from '../participants.ts';
import { type Interaction, readPact } from '../verification/pact-file.ts';
import { askBroker } from './reach.ts';
import type { BrokerSettings } from './settings.ts';

const linkSchema = z.looseObject({ href: z.string() });
const indexSchema = z.looseObject({
  _links: z.looseObject({
    'pb:provider-pacts-for-verification': linkSchema,
    'pb:pacticipant-branch-version': linkSchema.optional(),
  }),
});
const forVerificationSchema = z.looseObject({
  _embedded: z.looseObject({ pacts: z.array(z.looseObject({ _links: z.looseObject({ self: linkSchema }) })) }),
});
const pactSchema = z.looseObject({ _links: z.looseObject({ 'pb:publish-verification-results': linkSchema }) });

/** A pact that the broker wants verified. */
export interface BrokerPact {
  readonly interactions: Interaction[];
  /** Where its results are published. */
  readonly resultsLink: string;
}

/** The links of the broker's index, with the templates that we fill in. */
export async function readIndex(broker: BrokerSettings) {
  return indexSchema.parse(await askBroker(broker, '/'))._links;
}

/**
 * The pacts that the provider must satisfy: of the consumers' main branches, of what is deployed or released, and of the branch
 * of the same name. Rejects with `BrokerUnreachable`, and when there is none: nothing verified is no evidence.
 */
export async function fetchPacts(broker: BrokerSettings, branch: string | undefined): Promise<BrokerPact[]> {
  const { 'pb:provider-pacts-for-verification': link } = await readIndex(broker);
  const consumerVersionSelectors = [{ mainBranch: true }, { deployedOrReleased: true }];
  const { _embedded } = forVerificationSchema.parse(
    await askBroker(broker, link.href.replace('{provider}', PROVIDER), {
      method: 'POST',
      body: {
        consumerVersionSelectors: branch
          ? [...consumerVersionSelectors, { matchingBranch: true }]
          : consumerVersionSelectors,
        ...(branch && { providerVersionBranch: branch }),
        // A pending pact passes whatever happens: we want none of that.
        includePendingStatus: false,
      },
    }),
  );
  if (_embedded.pacts.length === 0) throw new Error(`the broker at ${broker.url} has no pact to verify`);
  return Promise.all(
    _embedded.pacts.map(async ({ _links }, index) => {
      const pact = await askBroker(broker, _links.self.href);
      const { href } = pactSchema.parse(pact)._links['pb:publish-verification-results'];
      return { interactions: readPact(JSON.stringify(pact), `broker${index}-`), resultsLink: href };
    }),
  );
}
