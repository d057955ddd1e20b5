import Table from 'cli-table3';
import type { Standing } from './bench.ts';
import type { Trial } from './trial.ts';

const PLAIN = { style: { head: [], border: [] } };

/** The capacity of each contestant, and what it costs. */
export function capacityTable(standings: readonly Standing[]): string {
  const wrk = standings.some(({ wrkPerSecond }) => wrkPerSecond !== undefined);
  const head = ['target', 'users', 'capacity /s', 'p99 ms there', 'CPU ms/request', 'RSS MB', 'limited by'];
  const table = new Table({ head: wrk ? [...head, 'wrk /s'] : head, ...PLAIN });
  for (const { name, users, capacity, trials, limitedBy, wrkPerSecond } of standings) {
    const there = trials.findLast(({ rate, met }) => rate === capacity && met);
    const row = [
      name,
      users,
      `${limitedBy === 'the target' ? '' : '≥ '}${capacity}`,
      there?.p99Ms.toFixed(1) ?? '–',
      there?.cpuMsPerRequest?.toFixed(3) ?? '–',
      there?.peakRssBytes === undefined ? '–' : Math.round(there.peakRssBytes / 2 ** 20),
      limitedBy,
    ];
    table.push(wrk ? [...row, Math.round(wrkPerSecond ?? 0)] : row);
  }
  return table.toString();
}

/** Latency against throughput, and the scalability law where it fits. */
export function curveTable({ name, users, trials, usl }: Standing): string {
  const table = new Table({
    head: ['rate /s', 'answered /s', 'p50 ms', 'p95 ms', 'p99 ms', 'k6 CPU', 'budget'],
    ...PLAIN,
  });
  for (const trial of [...trials].sort((a, b) => a.rate - b.rate)) table.push(rowOf(trial));
  const law = usl
    ? `scalability law: λ ${usl.lambda.toFixed(0)}/s, σ ${usl.sigma.toFixed(4)}, κ ${usl.kappa.toExponential(1)}, R² ${usl.r2.toFixed(3)}`
    : 'scalability law: does not fit these points';
  return `${name}, ${users} users\n${table.toString()}\n${law}`;
}

const rowOf = (trial: Trial) => [
  trial.rate,
  Math.round(trial.throughput),
  trial.p50Ms.toFixed(2),
  trial.p95Ms.toFixed(2),
  trial.p99Ms.toFixed(2),
  trial.generatorShare === undefined ? '–' : `${Math.round(trial.generatorShare * 100)} %`,
  trial.met ? 'met' : (trial.why ?? 'broken'),
];
