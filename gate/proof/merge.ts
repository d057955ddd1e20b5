import { isDeepStrictEqual } from 'node:util';
import type { Defect, Proof, Variant } from './model.ts';

/**
 * Puts what was tried now in the place of what an earlier proof says of it. What is no more (a defect that was removed, or that is
 * another one now) is dropped. In the order of the lists. Pure.
 */
export function mergeProofs(
  earlier: Proof,
  now: Proof,
  defects: readonly Defect[],
  variants: readonly Variant[],
): Proof {
  const trials = defects.flatMap((defect) => {
    const tried = now.trials.find((trial) => trial.defect.name === defect.name);
    const known = earlier.trials.find((trial) => isDeepStrictEqual(trial.defect, defect));
    return tried ?? known ?? [];
  });
  const alarms = variants.flatMap(({ name }) => {
    const isIts = ({ variant }: { variant: string }) => variant === name;
    return now.alarms.find(isIts) ?? earlier.alarms.find(isIts) ?? [];
  });
  return { trials, alarms };
}
