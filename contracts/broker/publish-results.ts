import { PROVIDER } from '../participants.ts';
import type { InteractionOutcome } from '../verification/outcome.ts';
import type { Interaction } from '../verification/pact-file.ts';
import { type BrokerPact, readIndex } from './broker-pacts.ts';
import { askBroker } from './reach.ts';
import type { BrokerSettings } from './settings.ts';

/** Which provider was verified. */
export interface ProviderVersion {
  readonly version: string;
  readonly branch?: string | undefined;
}

/**
 * Tells the broker how the pacts fared and says what was told. Our own outcomes are published, not the native verifier's:
 * the holes that we close would be open in its. A pact with an interaction that could not be decided is left out: to say
 * that it failed would blame the provider for what we could not see.
 */
export async function publishResults(
  broker: BrokerSettings,
  pacts: readonly BrokerPact[],
  outcomes: ReadonlyMap<string, InteractionOutcome>,
  provider: ProviderVersion,
): Promise<string[]> {
  await nameBranch(broker, provider);
  const notes: string[] = [];
  for (const { interactions, resultsLink } of pacts) {
    const { consumer } = interactions[0]!;
    const undecided = interactions.filter(({ key }) => !isDecided(outcomes.get(key))).length;
    if (undecided > 0) {
      notes.push(`broker: no result published for ${consumer}: ${undecided} interactions were not decided`);
      continue;
    }
    const testResults = interactions.map((interaction) => toTestResult(interaction, outcomes.get(interaction.key)!));
    const success = testResults.every((result) => result.success);
    const verifiedBy = { implementation: 'assay', version: '0.1.0' };
    const body = { success, providerApplicationVersion: provider.version, verifiedBy, testResults };
    await askBroker(broker, resultsLink, { method: 'POST', body });
    notes.push(`broker: published ${success ? 'success' : 'failure'} of ${provider.version} for ${consumer}`);
  }
  return notes;
}

/** Puts the version on its branch, which a result alone does not. */
async function nameBranch(broker: BrokerSettings, { version, branch }: ProviderVersion): Promise<void> {
  const link = (await readIndex(broker))['pb:pacticipant-branch-version'];
  if (!branch || !link) return;
  const href = link.href
    .replace('{pacticipant}', PROVIDER)
    .replace('{branch}', encodeURIComponent(branch))
    .replace('{version}', encodeURIComponent(version));
  await askBroker(broker, href, { method: 'PUT', body: {} });
}

const isDecided = (outcome: InteractionOutcome | undefined): boolean =>
  outcome?.outcome === 'pass' || outcome?.outcome === 'fail' || outcome?.notApplicable === true;

function toTestResult({ raw, description }: Interaction, { outcome, expected, actual }: InteractionOutcome) {
  const failure = outcome === 'fail' ? [{ description: `${description}: expected ${expected}, got ${actual}` }] : [];
  return { interactionId: raw._id, success: outcome !== 'fail', mismatches: failure };
}
