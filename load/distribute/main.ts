import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBudgets } from '../budgets.ts';
import { refuseLoad } from '../safety.ts';
import { readRunners } from './cluster.ts';
import { runSegments } from './local.ts';
import { distributeOptionsSchema } from './options.ts';
import { judgeRunners } from './verdict.ts';
import { writeFiles } from './write.ts';

/**
 * Load from many machines: `node load/distribute/main.ts OPTIONS.json` (see `options.ts`, docs/scale.md). `write` prints the files;
 * `read` and `local` print the checks as JSON and end with 0, 1 (a budget is broken) or 2 (it cannot be told).
 */
const options = distributeOptionsSchema.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
const { mode, k6, out, parallelism, namespace, name, kubectl } = options;

if (mode === 'write' || mode === 'local')
  for (const file of await writeFiles(options)) process.stderr.write(`${file}\n`);
if (mode !== 'write') {
  const refused = mode === 'local' ? refuseLoad(options.baseUrl, []) : undefined;
  if (refused !== undefined) throw new Error(refused);
  const plan = JSON.parse(await readFile(join(out, 'plan.json'), 'utf8'));
  const part = JSON.parse(await readFile(join(out, 'part.json'), 'utf8'));
  const runners =
    mode === 'local'
      ? await runSegments({ k6: k6 ?? 'k6', out, parallelism })
      : await readRunners(kubectl, namespace, name);
  const checks = judgeRunners(runners, { plan, part, parallelism, budgets: await readBudgets(options.budgets) });
  console.log(JSON.stringify(checks, null, 2));
  const outcomes = new Set(checks.map(({ outcome }) => outcome));
  process.exitCode = outcomes.has('error') || outcomes.size === 0 ? 2 : outcomes.has('fail') ? 1 : 0;
}
