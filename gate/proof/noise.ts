import type { Progress } from '../../target/protocol/progress.ts';
import { keepCoreBusy } from './busy-core.ts';
import type { Alarm, Variant } from './model.ts';
import { openResume } from './resume.ts';
import { tryVariant } from './trial.ts';

export interface NoiseOptions {
  readonly variants: readonly Variant[];
  /** Runs of the gate on each. */
  readonly runs: number;
  /** Flags of `assay verify`, e.g. its stages. */
  readonly flags: readonly string[];
  readonly resumeFile?: string;
  readonly signal: AbortSignal;
  tell(progress: Progress): void;
}

/** Runs the gate on each correct provider over and over while another process keeps one core busy; each provider once a round. */
export async function runUnderNoise(options: NoiseOptions): Promise<Alarm[]> {
  const { variants, runs, flags, signal } = options;
  await using _noise = keepCoreBusy();
  const resume = await openResume(options.resumeFile);
  const alarms: Alarm[] = [];
  for (let round = 1; round <= runs; round += 1) {
    for (const variant of variants) {
      const key = `${variant.name}, run ${round}, ${flags.join(' ')}`;
      alarms.push(await resume.once(key, () => tryVariant(variant, flags, signal)));
      options.tell({ done: alarms.length, total: runs * variants.length, label: `${variant.name}, run ${round}` });
    }
  }
  return alarms;
}
