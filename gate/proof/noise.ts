import type { Progress } from '../../target/protocol/progress.ts';
import { keepCoreBusy } from './busy-core.ts';
import { mapToTheEnd } from './map-to-the-end.ts';
import type { Alarm, Variant } from './model.ts';
import { openResume } from './resume.ts';
import { tryVariant } from './trial.ts';

export interface NoiseOptions {
  readonly variants: readonly Variant[];
  /** Runs of the gate on each. */
  readonly runs: number;
  /** Flags of `assay verify`, e.g. its stages. */
  readonly flags: readonly string[];
  /** Runs side by side: each is noise to the others, and the whole takes less time. */
  readonly jobs: number;
  readonly resumeFile?: string;
  readonly signal: AbortSignal;
  tell(progress: Progress): void;
}

/** Runs the gate on each correct provider over and over while another process keeps one core busy; in rounds of each provider once. */
export async function runUnderNoise(options: NoiseOptions): Promise<Alarm[]> {
  const { variants, runs, flags, jobs, signal } = options;
  await using _noise = keepCoreBusy();
  const resume = await openResume(options.resumeFile);
  const tries = Array.from({ length: runs }, (_, round) =>
    variants.map((variant) => ({ variant, key: `${variant.name}, run ${round + 1}` })),
  ).flat();
  let done = 0;
  return await mapToTheEnd(
    tries,
    async ({ variant, key }) => {
      const alarm = await resume.once(`${key}, ${flags.join(' ')}`, async () => ({
        ...(await tryVariant(variant, flags, signal)),
        ...(jobs > 1 ? { together: jobs } : {}),
      }));
      done += 1;
      options.tell({ done, total: tries.length, label: key });
      return alarm;
    },
    jobs,
  );
}
