import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { redact } from '../../target/protocol/redact.ts';
import type { Plan } from '../k6/plan.ts';
import { type MachineFigures, MachineWatch } from '../machine/watch.ts';

/** How a k6 process ended and what it left: evidence to be distrusted, see `trust/`. */
export interface K6Run {
  readonly plan: Plan;
  /** Undefined when a signal ended it. 99: a threshold was crossed. */
  readonly exitCode: number | undefined;
  /** The end of what it wrote to stderr, redacted. */
  readonly stderr: string;
  /** The text of the summary; undefined when it wrote none. */
  readonly summary: string | undefined;
  readonly machine: MachineFigures;
}

export interface RunK6Options {
  readonly k6: string;
  /** A script's absolute path. */
  readonly script: string;
  readonly plan: Plan;
  /** Where the plan is written: a folder of this run alone. */
  readonly dir: string;
  /** Further arguments and `K6_…` variables: outputs, the dashboard, a segment. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told the process id at once: whoever sweeps after us must know it. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Runs k6 as a child. It inherits no environment: a `K6_VUS`, a proxy or a config file of the user's would change what is
 * measured. Resolves however k6 ends; rejects only when it cannot be started, or when the signal says so.
 */
export async function runK6(options: RunK6Options): Promise<K6Run> {
  const { k6, script, plan, dir, args = [], env = {}, signal, onStart } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const planFile = join(dir, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan), { mode: 0o600 });
  await writeFile(join(dir, 'config.json'), '{}');
  if (plan.summaryFile) await rm(plan.summaryFile, { force: true });

  const own = ['run', '--quiet', '--no-color', '--config', join(dir, 'config.json'), '--env', `PLAN=${planFile}`];
  const child = execa(k6, [...own, ...args, script], {
    extendEnv: false,
    env: { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', HOME: dir, ...env },
    reject: false,
    stdin: 'ignore',
    maxBuffer: 64_000_000,
    forceKillAfterDelay: 5000,
    ...(signal && { cancelSignal: signal }),
  });
  if (child.pid !== undefined) onStart?.(child.pid);
  const watch = new MachineWatch(child.pid ?? 0);
  const ended = await child;
  const machine = watch.stop();
  signal?.throwIfAborted();
  if (ended.failed && ended.exitCode === undefined && ended.signal === undefined) throw ended;

  const summary = plan.summaryFile ? await readFile(plan.summaryFile, 'utf8').catch(() => undefined) : ended.stdout;
  return { plan, exitCode: ended.exitCode, stderr: redact(ended.stderr.slice(-4000)), summary, machine };
}
