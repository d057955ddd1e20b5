/** How much and for how long. Every workload is open: requests start by the clock, however slow the answers are. */
export interface Workload {
  readonly name: string;
  /** Iterations per second at `times: 1`. */
  readonly rate: number;
  /** The length of the whole, in seconds. */
  readonly seconds: number;
  /** One after the other; the shares add up to 1. */
  readonly steps: readonly { readonly times: number; readonly share: number }[];
}

/** Is it right at all? */
export const smoke: Workload = { name: 'smoke', rate: 20, seconds: 3, steps: [{ times: 1, share: 1 }] };

/** A usual day. Long enough to bear one slow request for each percentile: `statistics/share.test.ts`. */
export const average: Workload = { name: 'average', rate: 100, seconds: 6, steps: [{ times: 1, share: 1 }] };

/** More than usual, longer than a burst, and whether it recovers. */
export const stress: Workload = {
  name: 'stress',
  rate: 100,
  seconds: 60,
  steps: [
    { times: 1, share: 0.2 },
    { times: 3, share: 0.3 },
    { times: 6, share: 0.3 },
    { times: 1, share: 0.2 },
  ],
};

/** Everyone at once. */
export const spike: Workload = {
  name: 'spike',
  rate: 100,
  seconds: 30,
  steps: [
    { times: 1, share: 0.3 },
    { times: 10, share: 0.2 },
    { times: 1, share: 0.5 },
  ],
};

/** A usual day that does not end: leaks show. */
export const soak: Workload = { name: 'soak', rate: 100, seconds: 1800, steps: [{ times: 1, share: 1 }] };

/** More and more, until it breaks. */
export const breakpoint: Workload = {
  name: 'breakpoint',
  rate: 100,
  seconds: 100,
  steps: [1, 2, 4, 6, 8, 12, 16, 24, 32, 40].map((times) => ({ times, share: 0.1 })),
};

export const workloads = { smoke, average, stress, spike, soak, breakpoint } as const;
export type WorkloadName = keyof typeof workloads;

/** A part of a workload at one rate. `first` is the number of iterations planned before it. */
export interface Step {
  readonly name: string;
  readonly rate: number;
  readonly seconds: number;
  readonly startsAtSeconds: number;
  readonly first: number;
}

/** A workload's steps in numbers, at another rate or length where one is given. Rates and lengths are whole, as k6 wants them. */
export function stepsOf(workload: Workload, given: { rate?: number; seconds?: number } = {}): Step[] {
  const { rate = workload.rate, seconds = workload.seconds } = given;
  const steps: Step[] = [];
  let startsAtSeconds = 0;
  let first = 0;
  for (const { times, share } of workload.steps) {
    const step = {
      name: `step_${steps.length + 1}`,
      rate: Math.max(1, Math.round(rate * times)),
      seconds: Math.max(1, Math.round(seconds * share)),
      startsAtSeconds,
      first,
    };
    steps.push(step);
    startsAtSeconds += step.seconds;
    first += step.rate * step.seconds;
  }
  return steps;
}

/** The length of all steps in seconds, and how many iterations they start. */
export function totalOf(steps: readonly Step[]): { seconds: number; iterations: number } {
  return {
    seconds: steps.reduce((sum, step) => sum + step.seconds, 0),
    iterations: steps.reduce((sum, step) => sum + step.rate * step.seconds, 0),
  };
}
