import type { Requirement } from '../../contracts/requirements/requirement.ts';
import type { Proof, Trial } from './model.ts';

/** Killed out of all. */
export interface Score {
  readonly name: string;
  readonly killed: number;
  readonly total: number;
}

const scoreOf = (name: string, trials: readonly Trial[]): Score => ({
  name,
  killed: trials.filter(({ fate }) => fate === 'killed').length,
  total: trials.length,
});

/** The kill score by class of defect, in order of first appearance. */
export function scoreByClass({ trials }: Proof): Score[] {
  return [...Map.groupBy(trials, ({ defect }) => defect.class)].map(([name, group]) => scoreOf(name, group));
}

/** The kill score by level of the requirement that the defect violates. */
export function scoreByLevel({ trials }: Proof, catalogue: readonly Requirement[]): Score[] {
  const levelOf = (trial: Trial) => catalogue.find(({ id }) => id === trial.defect.requirement)?.level ?? 'unknown';
  return [...Map.groupBy(trials, levelOf)].map(([name, group]) => scoreOf(name, group));
}

/** How many defects each stage killed; one can be killed by several. */
export function killsByStage({ trials }: Proof): Score[] {
  const stages = [...new Set(trials.flatMap(({ killers }) => killers.map(({ stage }) => stage)))].sort();
  return stages.map((name) => ({
    name,
    killed: trials.filter(({ killers }) => killers.some(({ stage }) => stage === name)).length,
    total: trials.length,
  }));
}

export const overall = ({ trials }: Proof): Score => scoreOf('all', trials);

/** Requirements that a defect could violate and that killed none: checks that have never failed on a known-bad provider. */
export function neverKilled({ trials }: Proof, catalogue: readonly Requirement[]): Requirement[] {
  const killers = new Set(trials.flatMap((trial) => trial.killers.map(({ requirement }) => requirement)));
  return catalogue.filter(({ id, unreachable }) => unreachable === undefined && !killers.has(id));
}

/** `97.5 %` */
export const percent = ({ killed, total }: Score): string =>
  total === 0 ? '–' : `${((100 * killed) / total).toFixed(1)} %`;
