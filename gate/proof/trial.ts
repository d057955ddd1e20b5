import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { quote } from 'shlex';
import { STAGES } from '../../target/protocol/result.ts';
import { type Flags, readConfig, type Surroundings } from '../config/read.ts';
import { verify } from '../run/verify.ts';
import { openWatch } from '../run/watch.ts';
import type { Run } from '../verdict/model.ts';
import { readAlarm } from './alarm.ts';
import type { Alarm, Defect, Trial, Variant } from './model.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const DEFECTS = fileURLToPath(new URL('../../provider/defects/server.ts', import.meta.url));

/** How a trial is run. */
export interface TrialOptions {
  /** Gather every killer by running everything; otherwise stop at the first. */
  readonly all: boolean;
  /** Only the requirement that a defect is said to violate is asked for: quick, and finds defects that are aimed badly. */
  readonly aimed: boolean;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

/** The seeded faults that the reference provider can be started with. */
export async function listDefects(): Promise<Defect[]> {
  const { stdout } = await execa(process.execPath, [DEFECTS, '--list']);
  return JSON.parse(stdout);
}

/**
 * Runs the gate on one defect: first just the requirement that it is said to violate, then, when that did not kill it, the
 * stages one after another. The hardened profile, so that every level can kill.
 */
export async function tryDefect(defect: Defect, options: TrialOptions): Promise<Trial> {
  const started = performance.now();
  const providerCommand = [process.execPath, DEFECTS, defect.name].map(quote).join(' ');
  const steps: Flags[] = options.all
    ? [{}]
    : [{ only: defect.requirement }, ...(options.aimed ? [] : STAGES.map((stage) => ({ stages: stage })))];
  let reason: string | undefined;
  for (const step of steps) {
    const flags = { providerCommand, profile: 'hardened', bail: !options.all, quiet: true, ...step };
    const { run, error } = await verifyHere(flags, options);
    reason = run ? (run.verdict.verdict === 'inconclusive' ? run.verdict.reasons[0] : undefined) : error;
    const killers = run ? failuresOf(run) : [];
    if (killers.length > 0) return { defect, fate: 'killed', killers, durationMs: performance.now() - started };
  }
  const fate = reason === undefined ? 'alive' : 'untold';
  return { defect, fate, killers: [], durationMs: performance.now() - started, ...(reason ? { reason } : {}) };
}

/** Runs the gate on a correct provider. */
export async function tryVariant(variant: Variant, flags: readonly string[], signal: AbortSignal): Promise<Alarm> {
  const started = performance.now();
  const { run, stderr } = await runGate(variant.command, ['--profile', variant.profile, ...flags], signal);
  if (!run)
    return {
      variant: variant.name,
      asked: flags.join(' '),
      verdict: 'inconclusive',
      falseAlarms: [],
      untold: [stderr],
      durationMs: performance.now() - started,
    };
  return {
    variant: variant.name,
    asked: flags.join(' '),
    ...readAlarm(run),
    durationMs: performance.now() - started,
  };
}

const failuresOf = (run: Run) =>
  run.outcomes.flatMap(({ requirement, checks }) =>
    checks.filter(({ outcome }) => outcome === 'fail').map(({ stage }) => ({ requirement: requirement.id, stage })),
  );

/** `assay verify` in this very process, which ends it on a signal as well: to start another takes as long as most trials. */
async function verifyHere(
  flags: Flags,
  { surroundings, signal }: Pick<TrialOptions, 'surroundings' | 'signal'>,
): Promise<{ run?: Run; error?: string }> {
  try {
    return { run: await verify(readConfig(flags, surroundings), openWatch({ quiet: true, terminal: false })) };
  } catch (error) {
    signal.throwIfAborted();
    return { error: (error as Error).message };
  }
}

/** `assay verify` as its users run it. */
async function runGate(
  command: readonly string[],
  flags: readonly string[],
  signal: AbortSignal,
): Promise<{ run?: Run; stderr: string }> {
  const argv = ['verify', '--provider-command', command.map(quote).join(' '), '--json', '--quiet', ...flags];
  const { stdout, stderr } = await execa(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...argv], {
    reject: false,
    stdin: 'ignore',
    cancelSignal: signal,
    forceKillAfterDelay: 20_000,
  });
  signal.throwIfAborted();
  return stdout.startsWith('{') ? { run: JSON.parse(stdout), stderr } : { stderr: stderr.trim() };
}
