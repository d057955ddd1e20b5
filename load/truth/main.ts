import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { TRUTH_CASES } from './cases.ts';
import { measureTruth } from './measure.ts';

/** Prints what k6 says of known latencies beside what is. `node load/truth/main.ts K6`, where K6 is the program. */
const k6 = process.argv[2] ?? 'k6';
const dir = await mkdtemp(join(tmpdir(), 'assay-truth-'));
const table = new Table({
  head: ['provider', 'percentile', 'true ms', 'k6 says ms', 'within 1 ms or 3 %'],
  style: { head: [], border: [] },
});
try {
  for (const truth of TRUTH_CASES)
    for (const { percentile, saidMs, trueMs, right } of await measureTruth(truth, { k6, dir }))
      table.push([truth.name, percentile, trueMs.toFixed(2), saidMs.toFixed(2), right ? 'yes' : 'no']);
  console.log(table.toString());
} finally {
  await rm(dir, { recursive: true });
}
