import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** What k6 counts by itself, and the kind of each. Source: the built-in metrics of k6 2.x. */
const BUILT_IN = {
  http_reqs: 'Counter',
  http_req_duration: 'Trend',
  iterations: 'Counter',
  dropped_iterations: 'Counter',
  vus: 'Gauge',
  vus_max: 'Gauge',
} as const;

/** How remote write names a metric of each kind; a trend has one for each of its `K6_PROMETHEUS_RW_TREND_STATS`. */
const ENDINGS = {
  Counter: ['_total'],
  Gauge: [''],
  Rate: ['_rate'],
  Trend: ['_p50', '_p95', '_p99', '_max', '_count'],
} as const;

const scripts = globSync(join(import.meta.dirname, '..', 'k6', '*.ts')).map((file) => readFileSync(file, 'utf8'));
const ours = scripts
  .flatMap((text) => [...text.matchAll(/new (Counter|Trend|Rate|Gauge)\('(\w+)'/g)])
  .map(([, kind, name]) => [name, kind] as [string, keyof typeof ENDINGS]);

test('the dashboard asks for metrics that k6 sends', () => {
  const dashboard = readFileSync(join(import.meta.dirname, 'k6.json'), 'utf8');
  const asked = new Set([...dashboard.matchAll(/\bk6_\w+/g)].map(([name]) => name));

  const sent = [...Object.entries(BUILT_IN), ...ours].flatMap(([name, kind]) =>
    ENDINGS[kind].map((ending) => `k6_${name}${ending}`),
  );

  expect(asked.size).toBeGreaterThan(5);
  expect([...asked].filter((name) => !sent.includes(name))).toEqual([]);
});
