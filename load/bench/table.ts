import Table from 'cli-table3';
import type { Standing } from './bench.ts';
import type { Trial } from './trial.ts';

const EDGES = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((edge) => [
  edge,
  `${edge}-mid`,
  `${edge}-left`,
  `${edge}-right`,
]);

/** Columns and nothing else: a curve has a dozen rows, and what it says is in the numbers. */
const PLAIN = {
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  chars: {
    ...Object.fromEntries([...EDGES, 'left-mid', 'right-mid', 'mid-mid'].map((edge) => [edge, ''])),
    middle: '  ',
  },
};

const draw = (table: Table.Table): string => table.toString().replaceAll(/ +$/gm, '');

const right = (columns: number, ...left: readonly number[]): ('left' | 'right')[] =>
  Array.from({ length: columns }, (_, column) => (left.includes(column) ? 'left' : 'right'));

/** The capacity of each contestant and what it costs, a contestant's numbers of users below each other: how both grow. */
export function capacityTable(standings: readonly Standing[]): string {
  const names = [...new Set(standings.map(({ name }) => name))];
  const sorted = names.flatMap((name) => standings.filter((standing) => standing.name === name));
  const wrk = standings.some(({ wrkPerSecond }) => wrkPerSecond !== undefined);
  const head = ['target', 'users', 'capacity /s', 'p99 ms there', 'CPU ms/request', 'RSS MB', 'limited by'];
  const table = new Table({ head: wrk ? [...head, 'wrk /s'] : head, colAligns: right(8, 0, 6), ...PLAIN });
  for (const standing of sorted) {
    const row = capacityRow(standing);
    table.push(wrk ? [...row, Math.round(standing.wrkPerSecond ?? 0)] : row);
  }
  const atLeast = sorted.some(({ limitedBy }) => limitedBy !== 'the target');
  return atLeast ? `${draw(table)}\n≥: it was not the target that gave out first, so it may do more` : draw(table);
}

function capacityRow({ name, users, capacity, trials, limitedBy }: Standing): (string | number)[] {
  const there = trials.findLast(({ rate, met }) => rate === capacity && met);
  return [
    name,
    users,
    `${limitedBy === 'the target' ? '' : '≥ '}${capacity}`,
    there?.p99Ms.toFixed(1) ?? '–',
    there?.cpuMsPerRequest?.toFixed(3) ?? '–',
    there?.peakRssBytes === undefined ? '–' : Math.round(there.peakRssBytes / 2 ** 20),
    limitedBy,
  ];
}

/** Latency against throughput, and the scalability law where it fits. */
export function curveTable({ name, users, trials, usl }: Standing): string {
  const head = ['rate /s', 'answered /s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms/request', 'k6 CPU', 'budget'];
  const table = new Table({ head, colAligns: right(8, 7), ...PLAIN });
  for (const trial of [...trials].sort((a, b) => a.rate - b.rate)) table.push(rowOf(trial));
  const law = usl
    ? `scalability law: λ ${usl.lambda.toFixed(0)}/s, σ ${usl.sigma.toFixed(4)}, κ ${usl.kappa.toExponential(1)}, R² ${usl.r2.toFixed(3)}`
    : 'scalability law: does not fit these points';
  return `${name}, ${users} users\n${draw(table)}\n${law}`;
}

const rowOf = (trial: Trial) => [
  trial.rate,
  Math.round(trial.throughput),
  trial.p50Ms.toFixed(2),
  trial.p95Ms.toFixed(2),
  trial.p99Ms.toFixed(2),
  trial.cpuMsPerRequest?.toFixed(3) ?? '–',
  trial.generatorShare === undefined ? '–' : `${Math.round(trial.generatorShare * 100)} %`,
  trial.met ? 'met' : (trial.why ?? 'broken'),
];
