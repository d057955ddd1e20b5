import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { redact } from '../../target/protocol/redact.ts';
import type { Plan } from '../k6/plan.ts';
import { type MachineFigures, MachineWatch } from '../machine/watch.ts';
import { followProgress, type K6Progress, keepTail } from './progress-line.ts';

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

/** What every run of one command has in common. */
export interface K6Surroundings {
  /** The k6 program. */
  readonly k6: string;
  readonly signal?: AbortSignal;
  /** Told the process id at once: whoever sweeps after us must know it. */
  readonly onStart?: (pid: number) => void;
}

export interface RunK6Options extends K6Surroundings {
  /** A script's absolute path. */
  readonly script: string;
  /** With a `summaryFile`. */
  readonly plan: Plan;
  /** Where the plan is written: a folder of this run alone. */
  readonly dir: string;
  /** Further arguments and `K6_…` variables: outputs, the dashboard, a segment. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onProgress?: (progress: K6Progress) => void;
}

/**
 * Go collects garbage whenever the heap has doubled, which for a young heap is often: at 100 requests a second a fifth of what k6
 * spends. We let it grow to four times the size, up to a quarter of the machine's memory.
 */
const collector = { GOGC: '300', GOMEMLIMIT: `${Math.floor(totalmem() / 4)}B` };

/**
 * Runs k6 as a child. It inherits no environment: a `K6_VUS`, a proxy or a config file of the user's would change what is
 * measured. Resolves however k6 ends; rejects only when it cannot be started, or when the signal says so.
 */
export async function runK6(options: RunK6Options): Promise<K6Run> {
  const { k6, plan, dir, env = {}, signal, onStart, onProgress = () => {} } = options;
  const child = execa(k6, await prepare(options), {
    extendEnv: false,
    env: { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', HOME: dir, ...collector, ...env },
    reject: false,
    stdin: 'ignore',
    buffer: false,
    forceKillAfterDelay: 5000,
    ...(signal && { cancelSignal: signal }),
  });
  if (child.pid !== undefined) onStart?.(child.pid);
  const watch = new MachineWatch(child.pid ?? 0);
  followProgress(child.stdout, onProgress);
  const stderr = keepTail(child.stderr, 4000);
  const ended = await child;
  const machine = watch.stop();
  signal?.throwIfAborted();
  if (ended.failed && ended.exitCode === undefined && ended.signal === undefined) throw ended;

  const summary = await readFile(plan.summaryFile ?? '', 'utf8').catch(() => undefined);
  return { plan, exitCode: ended.exitCode, stderr: redact(stderr()), summary, machine };
}

/** Writes what k6 reads; resolves to its arguments. An empty config file keeps the user's own out. */
async function prepare({ script, plan, dir, args = [] }: RunK6Options): Promise<string[]> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const [planFile, configFile] = [join(dir, 'plan.json'), join(dir, 'config.json')];
  await writeFile(planFile, JSON.stringify(plan), { mode: 0o600 });
  await writeFile(configFile, '{}');
  if (plan.summaryFile) await rm(plan.summaryFile, { force: true });
  return ['run', '--no-color', '--config', configFile, '--env', `PLAN=${planFile}`, ...args, script];
}
