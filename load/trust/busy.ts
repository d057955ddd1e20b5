import { figure } from '../run/summary.ts';
import type { Evidence } from './evidence.ts';

/** The most that the machine's floor may take of a limit, and the generator's lateness too. */
export const FLOOR_SHARE = 0.25;
/** The most that k6 may take of all cores. */
const GENERATOR_SHARE = 0.6;
/** The most that neither k6 nor the target may take of all cores before lateness is put down to it. */
export const OTHERS_SHARE = 0.25;
/** From here on there is hardly a core free when somebody wants one. */
const SATURATED = 0.9;
const FEWEST_PORTS = 500;

/** What a bare server with the same bytes took at the same rate in the same run, before or after: the worse. In milliseconds. */
export interface Floor {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface BusyInput {
  readonly evidence: Evidence;
  /** The limit that was broken, what was measured at its percentile, and the floor's figure there. */
  readonly limitMs: number;
  readonly measuredMs: number;
  readonly floorMs: number | undefined;
  /** CPU seconds that the target itself used during the run; undefined where it cannot tell. */
  readonly targetCpuSeconds: number | undefined;
}

/** Whether what the machine adds is a good part of the limit, and explains that it was broken. */
const explains = (addedMs: number, { limitMs, measuredMs }: BusyInput): boolean =>
  addedMs > FLOOR_SHARE * limitMs && measuredMs - addedMs <= limitMs;

/**
 * What makes a machine too busy to blame the target for slow answers. Noise only ever makes a target look slower, so none of
 * this stands against one that kept its budget.
 */
export const BUSY = {
  floor: (input) =>
    input.floorMs !== undefined && explains(input.floorMs, input)
      ? `a bare server on this machine takes ${input.floorMs.toFixed(1)} ms itself, over ${percent(FLOOR_SHARE)} of the limit`
      : undefined,

  generator: ({ evidence: { machine } }) =>
    (machine.generatorShare ?? 0) > GENERATOR_SHARE
      ? `k6 itself took ${percent(machine.generatorShare ?? 0)} of the machine's CPU time`
      : undefined,

  /** Starting late is the fault of k6 or the machine, unless it is the target that takes the CPU from it. */
  late: (input) => {
    const { evidence, targetCpuSeconds } = input;
    const lagMs = evidence.figures ? figure(evidence.figures, 'schedule_lag', 'p(99)') : 0;
    if (!explains(lagMs, input)) return undefined;
    const others = othersShare(evidence, targetCpuSeconds);
    return others === undefined || others > OTHERS_SHARE
      ? `1 % of the requests started ${lagMs.toFixed(0)} ms late or later: something else keeps the machine busy`
      : undefined;
  },

  /**
   * Where others have the cores, requests queue up before a target that does not get its own share, and no floor shows how long:
   * a bare server needs less of a core. That not even one answer was in time proves nothing: of a hundred sign-outs behind such a
   * queue none may be.
   */
  saturated: ({ evidence, targetCpuSeconds }) => {
    const { busyShare = 0 } = evidence.machine;
    const others = othersShare(evidence, targetCpuSeconds) ?? 0;
    return busyShare > SATURATED && others > OTHERS_SHARE
      ? `all cores were busy (${percent(busyShare)}), ${percent(others)} of them with neither k6 nor the target`
      : undefined;
  },

  ports: ({ evidence: { machine } }) =>
    (machine.fewestFreePorts ?? Number.POSITIVE_INFINITY) < FEWEST_PORTS
      ? `only ${machine.fewestFreePorts} local ports were left for new connections`
      : undefined,
} as const satisfies Record<string, (input: BusyInput) => string | undefined>;

/** The share of all cores that neither k6 nor the target had during a run; undefined where the platform does not say. */
export function othersShare({ machine, figures }: Evidence, targetCpuSeconds = 0): number | undefined {
  if (machine.busyShare === undefined || !figures) return undefined;
  const available = (figures.durationMs / 1000) * machine.cores;
  return machine.busyShare - ((machine.generatorCpuSeconds ?? 0) + targetCpuSeconds) / available;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
