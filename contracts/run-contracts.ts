import { z } from 'zod';
import { watchBusyShare } from '../target/busy-share.ts';
import { openClient } from '../target/http.ts';
import { Ledger } from '../target/ledger.ts';
import { openMint } from '../target/mint.ts';
import { tellProgress } from '../target/protocol/progress.ts';
import type { CheckResult } from '../target/protocol/result.ts';
import type { Session } from '../target/protocol/session.ts';
import { openBrokerSource } from './broker/broker-source.ts';
import type { BrokerSettings } from './broker/settings.ts';
import { Model, readSchemas } from './model.ts';
import { PROFILES, profileOf } from './profiles.ts';
import { rawChecks } from './raw/checks.ts';
import { runChecks } from './raw/run-check.ts';
import { again } from './verification/again.ts';
import { asSentBy } from './verification/as-sent-by.ts';
import { readCommittedPacts } from './verification/committed-pacts.ts';
import { EmptyTargetSource } from './verification/empty-target.ts';
import { forgiveLate } from './verification/late.ts';
import type { InteractionOutcome } from './verification/outcome.ts';
import type { Interaction } from './verification/pact-file.ts';
import { stateHandlers } from './verification/state-handlers.ts';
import { verify } from './verification/verification.ts';

const PREFLIGHT_MS = 5000;
const LIMITS = { requestLimitMs: 5000, limitMs: 120_000 };

/** The stage's own options, as the gate hands them through. */
const optionsSchema = z.looseObject({ contractProfile: z.string().default(PROFILES[0]) });

/** What the contracts stage reports. */
export interface ContractsReport {
  readonly checks: CheckResult[];
  readonly notes: string[];
}

/**
 * Decides the declared requirements of the contracts stage: every interaction that names one of them, and every raw check of
 * one; with a broker, its pacts too. Rejects when the target does not answer at all or a pact is unusable; then nothing can be told.
 */
export async function runContracts(
  session: Session,
  { signal, broker }: { readonly signal: AbortSignal; readonly broker?: BrokerSettings | undefined },
): Promise<ContractsReport> {
  const declared = new Set(session.declared.contracts);
  const isDeclared = (id: string): boolean => declared.has(id);
  const profile = profileOf(optionsSchema.parse(session.options.contracts ?? {}).contractProfile, readSchemas());
  const brokers = await openBrokerSource(broker, session.target.spec);
  const interactions = [...(await readCommittedPacts()), ...brokers.interactions]
    .filter(({ requirements }) => requirements.some(isDeclared))
    .map((interaction) => asSentBy(profile, interaction));
  const checks = rawChecks.filter(({ requirement }) => isDeclared(requirement));
  const total = interactions.length + checks.length;
  await openClient(session.target.baseUrl, { timeoutMs: PREFLIGHT_MS }).snapshot();

  const scenes = {
    sessionId: session.id,
    baseUrl: session.target.baseUrl,
    mint: await openMint(session.tokens),
    ledger: new Ledger(session.dir),
  };
  await using empty = new EmptyTargetSource(session, signal);
  const verification = { ...scenes, ...LIMITS, handlers: stateHandlers(empty.get), dir: session.dir, signal };
  const tools = { model: new Model(profile.schemas), emptyTarget: empty.get };

  tellProgress({ done: 0, total, label: `verifying ${interactions.length} interactions` });
  const busyShare = watchBusyShare();
  const forgive = <Subject, Outcome extends InteractionOutcome>(outcomes: ReadonlyMap<Subject, Outcome>) =>
    forgiveLate(outcomes, { limitMs: LIMITS.requestLimitMs, busyShare: busyShare() });
  const verified = forgive(await again(interactions, (some) => verify(some, verification)));
  signal.throwIfAborted();
  tellProgress({ done: interactions.length, total, label: 'looking at raw answers' });
  const looked = forgive(await again(checks, (some) => runChecks(some, scenes, tools)));
  signal.throwIfAborted();
  const byKey = new Map([...verified].map(([{ key }, outcome]) => [key, outcome]));
  // What an older client sends is not what the pact says.
  const published = profile.name === PROFILES[0] ? await brokers.publish(byKey) : [];

  return {
    checks: [...toResults(verified).filter(({ requirement }) => isDeclared(requirement)), ...looked.values()],
    notes: [
      `${interactions.length} interactions, ${checks.length} checks on raw answers, contract profile ${profile.name}`,
      ...[...verified.values()].filter(({ notApplicable }) => notApplicable).map(toNote),
      ...published,
    ],
  };
}

/** One result for each requirement that an interaction decides; none where it does not apply. */
const toResults = (verified: ReadonlyMap<Interaction, InteractionOutcome>): CheckResult[] =>
  [...verified]
    .filter(([, { notApplicable }]) => !notApplicable)
    .flatMap(([{ requirements }, outcome]) => requirements.map((requirement) => ({ requirement, ...outcome })));

const toNote = ({ name, reason }: InteractionOutcome): string => `does not apply: ${name}: ${reason}`;
