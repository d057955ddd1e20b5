import { readFile, writeFile } from 'node:fs/promises';
import { runAsProgram } from '../failure.ts';
import { bench } from './bench.ts';
import { benchOptionsSchema } from './options.ts';
import { capacityTable, curveTable } from './table.ts';
import { openTeller } from './teller.ts';

/**
 * The capacity of targets: `node load/bench/main.ts OPTIONS.json` (see `options.ts`). Prints tables to stdout and progress to stderr,
 * writes JSON to `out`. Ends with 2 when it could not measure; SIGTERM ends it and what it started.
 */
await runAsProgram(async () => {
  const options = benchOptionsSchema.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}`)));

  const standings = await bench(options, openTeller(process.stderr), stopping.signal);
  if (options.out) await writeFile(options.out, JSON.stringify({ version: 1, standings }, null, 2));
  console.log(['', ...standings.map(curveTable), capacityTable(standings)].join('\n\n').trimStart());
});
