import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheFolder, type Surroundings } from '../config/read.ts';
import { UsageError } from '../errors.ts';
import { readNoise, readProof, writeNoise, writeProof } from '../proof/files.ts';
import { mergeProofs } from '../proof/merge.ts';
import { runUnderNoise } from '../proof/noise.ts';
import { noisePage, tallies, worstOfEach } from '../proof/tally.ts';
import { listDefects } from '../proof/trial.ts';
import { listVariants } from '../proof/variants.ts';
import { plural } from '../reports/digest.ts';
import { listenForInterrupt } from '../run/interrupt.ts';
import { openWatch } from '../run/watch.ts';

export interface NoiseFlags {
  readonly noise: string;
  readonly variant?: string;
  readonly stages: string;
  readonly except?: string;
  readonly jobs?: string;
  readonly fresh?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `assay prove --noise N`: N runs of the gate on each correct provider beside a busy core. Resolves to whether any was rejected. */
export async function proveUnderNoise(flags: NoiseFlags, surroundings: Surroundings): Promise<boolean> {
  const runs = readRuns(flags.noise);
  const jobs = readJobs(flags.jobs ?? '1');
  const { variants, missing } = await listVariants();
  const chosen = chooseVariants(variants, flags.variant);
  const resumeFile = join(cacheFolder(surroundings), 'noise.json');
  if (flags.fresh) await rm(resumeFile, { force: true });
  await mkdir(cacheFolder(surroundings), { recursive: true });
  using interrupt = listenForInterrupt();
  const watch = openWatch({ quiet: flags.quiet ?? false, terminal: process.stderr.isTTY === true });
  const title = `${plural(runs, 'run')} on each of ${plural(chosen.length, 'correct provider')} beside a busy core`;
  const alarms = await watch.phase(title, async (tell) => {
    const options = {
      variants: chosen,
      runs,
      flags: variantFlags(flags),
      jobs,
      resumeFile,
      signal: interrupt.signal,
    };
    const value = await runUnderNoise({ ...options, tell });
    return { value, summary: plural(value.filter(({ verdict }) => verdict === 'reject').length, 'rejection') };
  });
  await rm(resumeFile, { force: true });
  const asked = variantFlags(flags).join(' ');
  const rows = tallies(alarms);
  process.stdout.write(
    flags.json ? `${JSON.stringify({ asked, tallies: rows, runs: alarms }, null, 2)}\n` : noisePage(alarms, asked),
  );
  for (const why of missing) process.stderr.write(`not tried: ${why}\n`);
  if (flags.out) {
    const folder = resolve(surroundings.cwd, flags.out);
    const all = [...(flags.fresh ? [] : await readNoise(folder, asked)), ...alarms];
    await writeNoise(folder, asked, all);
    const beside = worstOfEach(all).map((alarm) => ({ ...alarm, asked: `${alarm.asked}, beside a busy core` }));
    const known = await readProof(folder);
    await writeProof(folder, mergeProofs(known, { trials: [], alarms: beside }, await listDefects(), variants));
  }
  return rows.some(({ rejected }) => rejected > 0);
}

/** What the correct providers go through. */
export const variantFlags = ({ stages, except }: Pick<NoiseFlags, 'stages' | 'except'>): string[] => [
  '--stages',
  stages,
  ...(except ? ['--except', except] : []),
];

export function chooseVariants<T extends { readonly name: string }>(variants: readonly T[], names?: string): T[] {
  const wanted = names?.split(',') ?? [];
  const strange = wanted.find((name) => !variants.some((variant) => variant.name === name));
  if (strange !== undefined) throw new UsageError(`--variant ${strange}: there is no such correct provider here`);
  return variants.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
}

export function readJobs(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--jobs ${text}: it takes a number from 1 to 99`);
  return Number(text);
}

function readRuns(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--noise ${text}: it takes a number of runs from 1 to 99`);
  return Number(text);
}
