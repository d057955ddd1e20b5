import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { STAGES, type Stage } from '../../target/protocol/result.ts';
import { UsageError } from '../errors.ts';
import { STAYS_UP } from './alive.ts';

/** Which requirements each stage must decide in this run. Stages that were not asked for owe nothing. */
export type Plan = Readonly<Record<Stage, readonly string[]>>;

/** What was asked for: ids (`USR-LIFE-001`) or whole topics (`USR-LIFE`). Empty: everything, and nothing left out. */
export interface Choice {
  readonly only: readonly string[];
  readonly except: readonly string[];
}

/** Throws a UsageError for what the catalogue does not have, and when no chosen stage decides any chosen requirement. */
export function makePlan(catalogue: readonly Requirement[], stages: readonly Stage[], { only, except }: Choice): Plan {
  for (const [flag, names] of [['--only', only] as const, ['--except', except] as const]) {
    const stranger = names.find((name) => !catalogue.some(({ id }) => isNamed(id, name)));
    if (stranger) {
      throw new UsageError(`${flag} ${stranger}: no such requirement or topic; \`assay checks\` lists them`);
    }
  }
  const chosen = catalogue.filter(
    ({ id }) =>
      (only.length === 0 || only.some((name) => isNamed(id, name))) && !except.some((name) => isNamed(id, name)),
  );
  const owed = (stage: Stage) =>
    stages.includes(stage)
      ? chosen.filter((requirement) => requirement.stages.includes(stage)).map(({ id }) => id)
      : [];
  const owing = { contracts: owed('contracts'), e2e: owed('e2e'), load: owed('load') };
  // Whether the target stays up is asked after a stage that did something to it: that alone starts none beside others.
  const isAlone = (ids: readonly string[]) => ids.every((id) => id === STAYS_UP);
  const plan = STAGES.every((stage) => isAlone(owing[stage]))
    ? owing
    : {
        contracts: isAlone(owing.contracts) ? [] : owing.contracts,
        e2e: isAlone(owing.e2e) ? [] : owing.e2e,
        load: isAlone(owing.load) ? [] : owing.load,
      };
  if (STAGES.every((stage) => plan[stage].length === 0)) {
    const asked = [...flag('--only', only), ...flag('--except', except)].join(' ');
    throw new UsageError(`${asked} with --stages ${stages.join(',')}: none of these stages decides what is left`);
  }
  return plan;
}

const isNamed = (id: string, name: string): boolean => id === name || id.startsWith(`${name}-`);

const flag = (name: string, ids: readonly string[]): string[] => (ids.length > 0 ? [`${name} ${ids.join(',')}`] : []);
