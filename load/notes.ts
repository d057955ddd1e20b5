import type { Measured } from './measure-all.ts';
import { figuresOf } from './run/figures.ts';
import { endpointsOf } from './run/plan.ts';

/** What a reader of the report wants to know of the runs: latencies beside the machine's floor, and the generator's share. */
export function notesOf({ series, floor, users }: Measured): string[] {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const lines = series.flatMap(({ part, runs }) =>
    endpointsOf(part).flatMap((endpoint) => {
      const [run] = runs;
      if (!run?.figures) return [];
      const { requests, p50Ms, p95Ms, p99Ms } = figuresOf(run.figures, endpoint);
      const latency = `p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)}`;
      return [`${part.workload}-${part.journey}: ${endpoint} ${requests} requests, ${latency}`];
    }),
  );
  const generator = Math.max(0, ...series.flatMap(({ runs }) => runs.map((run) => run.machine.generatorShare ?? 0)));
  return [
    ...lines,
    ...lostOutputs(series),
    `a bare server on this machine: p50 ${ms(floor.p50Ms)}, p95 ${ms(floor.p95Ms)}, p99 ${ms(floor.p99Ms)}`,
    `${users} users in the snapshot; k6 took at most ${Math.round(generator * 100)} % of the machine's CPU time`,
  ];
}

const LOST = {
  Prometheus: /Failed to send the time series data/,
  OpenTelemetry: /failed to upload metrics/,
} as const;

/** Whether the figures also went where the user wanted to watch them: k6 goes on when they do not, and exits 0. */
function lostOutputs(series: Measured['series']): string[] {
  const said = series.flatMap(({ runs }) => runs.flatMap(({ stderr }) => stderr.split('\n')));
  return Object.entries(LOST).flatMap(([output, lost]) => {
    const line = said.find((text) => lost.test(text));
    const reason = line && /(?:dial|lookup|status|code)[^"]+/.exec(line)?.[0];
    return line === undefined ? [] : [`figures did not reach ${output}: ${reason ?? 'k6 does not say why'}`];
  });
}
