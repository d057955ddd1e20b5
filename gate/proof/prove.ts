import type { Progress } from '../../target/protocol/progress.ts';
import type { Surroundings } from '../config/read.ts';
import { mapToTheEnd } from './map-to-the-end.ts';
import type { Alarm, Defect, Proof, Trial, Variant } from './model.ts';
import { openResume } from './resume.ts';
import { tryDefect, tryVariant } from './trial.ts';

export interface ProveOptions {
  readonly defects: readonly Defect[];
  readonly variants: readonly Variant[];
  /** Flags of `assay verify` for the variants, e.g. its stages. */
  readonly variantFlags: readonly string[];
  readonly all: boolean;
  readonly aimed: boolean;
  /** Trials at once that use the machine, where neither timing nor crowding matters; beside them as many that wait. */
  readonly jobs: number;
  /** Where finished trials are kept, so that an interrupted proof goes on where it stopped. */
  readonly resumeFile?: string;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  tell(progress: Progress): void;
}

/** What the load stage measures, it measures alone: a busy neighbour would decide. */
const isTimed = ({ requirement }: Defect): boolean => requirement.startsWith('USR-PERF-');
/** What a silent issuer makes of a provider takes a minute each, in which the machine has nothing to do. */
const isWait = ({ requirement }: Defect): boolean => requirement.startsWith('USR-FAULT-');
/** On a crowded machine the requests of a race come one by one, and never meet. */
const isRace = (defect: Defect): boolean => defect.class === 'concurrency';
/** So many times as many other trials as races are tried at once. */
const CROWDING = 2;

/** Tries each defect and each variant. Trials that a former run finished are taken from the resume file. */
export async function prove(options: ProveOptions): Promise<Proof> {
  const resume = await openResume(options.resumeFile);
  const total = options.defects.length + options.variants.length;
  let finished = 0;
  const keep = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const result = await resume.once(key, work);
    finished += 1;
    options.tell({ done: finished, total, label: key });
    return result;
  };
  const tryOne = (defect: Defect) => keep<Trial>(`defect ${defect.name}`, () => tryDefect(defect, options));
  const {
    timed = [],
    races = [],
    waits = [],
    others = [],
  } = Object.groupBy(options.defects, (defect) =>
    isTimed(defect) ? 'timed' : isRace(defect) ? 'races' : isWait(defect) ? 'waits' : 'others',
  );
  // By name those that wait for a time limit and those that compute come mixed, and the machine has always something to do.
  others.sort((a, b) => a.name.localeCompare(b.name));
  const inNoHurry = await mapToTheEnd([others, waits], (defects) => mapToTheEnd(defects, tryOne, options.jobs), 2);
  const tried = [
    ...inNoHurry.flat(),
    ...(await mapToTheEnd(races, tryOne, Math.ceil(options.jobs / CROWDING))),
    ...(await mapToTheEnd(timed, tryOne, 1)),
  ];
  const trialOf = new Map(tried.map((trial) => [trial.defect.name, trial]));
  const trials = options.defects.flatMap(({ name }) => trialOf.get(name) ?? []);
  const judge = (variant: Variant) =>
    keep<Alarm>(`variant ${variant.name}`, () => tryVariant(variant, options.variantFlags, options.signal));
  const alarms = await mapToTheEnd(options.variants, judge, 1);
  return { trials, alarms };
}
