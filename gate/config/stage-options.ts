import { resolve } from 'node:path';
import { PROFILES } from '../../contracts/profiles.ts';
import { readBudgets } from '../../load/budgets.ts';
import { loadOptionsSchema } from '../../load/options.ts';
import { UsageError } from '../errors.ts';
import { explain, list, whole } from './flags.ts';

/** Flags that one stage alone knows the meaning of. */
export interface StageFlags {
  contractProfile?: string;
  seed?: string;
  workloads?: string;
  journeys?: string;
  rate?: string;
  duration?: string;
  users?: string;
  budgets?: string;
  allowRemoteLoad?: string;
  prometheus?: string;
  otel?: string;
  dashboard?: string;
  samples?: string;
}

export type StageOptions = Record<string, Record<string, unknown>>;

/** What each stage is told. Faults are UsageErrors that name the flag: they must not wait until the stage runs. */
export function readStageOptions(flags: StageFlags, cwd: string): StageOptions {
  return {
    contracts: readContracts(flags),
    e2e: flags.seed === undefined ? {} : { seed: whole('--seed', flags.seed) },
    load: readLoad(flags, cwd),
  };
}

function readContracts({ contractProfile }: StageFlags): Record<string, unknown> {
  if (contractProfile === undefined) return {};
  if (!PROFILES.some((profile) => profile === contractProfile)) {
    throw new UsageError(`--contract-profile ${contractProfile}: there is ${PROFILES.join(', ')}`);
  }
  return { contractProfile };
}

function readLoad(flags: StageFlags, cwd: string): Record<string, unknown> {
  const options = {
    ...(flags.workloads === undefined ? {} : { workloads: list(flags.workloads) }),
    ...(flags.journeys === undefined ? {} : { journeys: list(flags.journeys) }),
    ...(flags.rate === undefined ? {} : { rate: whole('--rate', flags.rate) }),
    ...(flags.duration === undefined ? {} : { duration: whole('--duration', flags.duration) }),
    ...(flags.users === undefined ? {} : { users: whole('--users', flags.users) }),
    ...(flags.budgets === undefined ? {} : { budgets: resolve(cwd, flags.budgets) }),
    ...(flags.prometheus === undefined ? {} : { prometheus: flags.prometheus }),
    ...(flags.otel === undefined ? {} : { otel: flags.otel }),
    ...(flags.dashboard === undefined ? {} : { dashboard: folder(cwd, flags.dashboard) }),
    ...(flags.samples === undefined ? {} : { samples: folder(cwd, flags.samples) }),
    ...(flags.allowRemoteLoad === undefined ? {} : { allowRemote: list(flags.allowRemoteLoad) }),
  };
  const parsed = loadOptionsSchema.omit({ k6: true }).safeParse(options);
  if (!parsed.success) throw new UsageError(explain(parsed.error, { allowRemote: 'allow-remote-load' }));
  return options;
}

/** Rejects with a UsageError when the budgets that the load stage is to use cannot be read. */
export async function checkBudgets({ load }: StageOptions): Promise<void> {
  if (typeof load?.budgets !== 'string') return;
  try {
    await readBudgets(load.budgets);
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

/** Absolute; an empty text is no folder and stays one. */
const folder = (cwd: string, text: string): string => (text === '' ? '' : resolve(cwd, text));
