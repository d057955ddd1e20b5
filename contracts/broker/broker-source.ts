import type { TargetSpec } from '../../target/protocol/session.ts';
import type { InteractionOutcome } from '../verification/outcome.ts';
import type { Interaction } from '../verification/pact-file.ts';
import { fetchPacts } from './broker-pacts.ts';
import { publishResults } from './publish-results.ts';
import { BrokerUnreachable } from './reach.ts';
import type { BrokerSettings } from './settings.ts';
import { findProviderVersion } from './verified-provider.ts';

/** What the broker adds to a verification: its pacts before, their results after. */
export interface BrokerSource {
  readonly interactions: readonly Interaction[];
  /** Publishes the outcomes (by key of the interaction) and says what was done; never rejects for the broker's sake. */
  publish(outcomes: ReadonlyMap<string, InteractionOutcome>): Promise<string[]>;
}

const NO_BROKER: BrokerSource = { interactions: [], publish: async () => [] };

/** Fetches the broker's pacts; nothing without a broker. Rejects when there is one and it gives none. */
export async function openBrokerSource(broker: BrokerSettings | undefined, spec: TargetSpec): Promise<BrokerSource> {
  if (!broker) return NO_BROKER;
  const provider = await findProviderVersion(spec, broker);
  const pacts = await fetchPacts(broker, provider?.branch);
  return {
    interactions: pacts.flatMap(({ interactions }) => interactions),
    publish: async (outcomes) => {
      if (!provider) return ['broker: no results published: PACT_PROVIDER_VERSION is not set, and git cannot say it'];
      try {
        return await publishResults(broker, pacts, outcomes, provider);
      } catch (error) {
        if (error instanceof BrokerUnreachable) return [`broker: no results published: ${error.message}`];
        throw error;
      }
    },
  };
}
