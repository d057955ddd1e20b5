import exec from 'k6/execution';
import { Trend } from 'k6/metrics';
import { clock } from './clock.ts';
import { plan } from './given.ts';
import { stepsOf, totalOf, type Workload } from './workloads.ts';

/**
 * How much later than planned an iteration started, in milliseconds: the generator's own delay. It is counted when the iteration
 * comes to its end, so that its count is that of the iterations that did: k6 itself counts one that throws as done, and exits 0.
 */
const scheduleLag = new Trend('schedule_lag', true);

/** One pass of what a user does; `index` counts the passes of the whole run from 0. */
export type Journey = (index: number) => void;

/** Makes k6's entry point of a journey under a workload. */
export function journey(walk: Journey, workload: Workload): () => void {
  const steps = new Map(stepsOf(workload, plan).map((step) => [step.name, step]));
  const { seconds } = totalOf([...steps.values()]);
  // k6 makes the object anew each time that it is asked for; what it tells is always of now.
  let scenario: typeof exec.scenario | undefined;

  return () => {
    scenario ??= exec.scenario;
    const { name, iterationInTest, startTime } = scenario;
    const step = steps.get(name);
    if (!step) throw new Error(`k6 runs a scenario that is no step of the workload: ${name}`);
    clock.startedAt = startTime - step.startsAtSeconds * 1000;
    clock.endsAt = clock.startedAt + seconds * 1000;
    const lag = Date.now() - startTime - (iterationInTest * 1000) / step.rate;
    walk(step.first + iterationInTest);
    scheduleLag.add(Math.max(0, lag));
  };
}
