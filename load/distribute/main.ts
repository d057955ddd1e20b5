import { readFile } from 'node:fs/promises';
import { readBudgets } from '../budgets.ts';
import { runAsProgram } from '../failure.ts';
import { readRunners } from './cluster.ts';
import { readExpected } from './expected.ts';
import { runSegments } from './local.ts';
import { type DistributeOptions, distributeOptionsSchema } from './options.ts';
import { describeChecks, sumUp } from './summing-up.ts';
import { judgeRunners } from './verdict.ts';
import { writeFiles } from './write.ts';

/**
 * Load from many machines: `node load/distribute/main.ts OPTIONS.json` (see `options.ts`, docs/scale.md). `write` names the files;
 * `read` and `local` print the checks and end with 0, 1 (a budget is broken) or 2 (it cannot be told).
 */
await runAsProgram(async () => {
  const options = distributeOptionsSchema.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
  if (options.mode !== 'read') for (const file of await writeFiles(options)) process.stderr.write(`${file}\n`);
  if (options.mode !== 'write') process.exitCode = await judgeAll(options);
});

async function judgeAll(options: DistributeOptions): Promise<number> {
  const expected = await readExpected(options.out);
  const runners =
    options.mode === 'local'
      ? await runSegments(options)
      : await readRunners(options.kubectl, expected.namespace, expected.name);
  const checks = judgeRunners(runners, { ...expected, budgets: await readBudgets(options.budgets) });
  console.log(options.json ? JSON.stringify(checks, null, 2) : describeChecks(checks));
  return sumUp(checks).exitCode;
}
