import pc from 'picocolors';
import type { Outcome } from '../../target/protocol/result.ts';
import type { Run } from '../verdict/model.ts';
import { checkRows } from './check-rows.ts';

const MARK: Readonly<Record<Outcome, string>> = {
  pass: pc.green('✓'),
  waived: pc.cyan('w'),
  skipped: pc.dim('-'),
  fail: pc.red('✗'),
  error: pc.yellow('?'),
};

/** A line for every check. It comes before the verdict, so that the verdict is what stays in sight. */
export function terminalChecks(run: Run): string[] {
  return run.stages.flatMap(({ stage }) => {
    const rows = checkRows(run, stage).map((row) => ({ ...row, ids: row.requirements.join(' ') }));
    const width = Math.max(...rows.map(({ ids }) => ids.length));
    return [
      '',
      pc.bold(stage),
      ...rows.map(
        ({ ids, name, outcome, durationMs }) =>
          `${MARK[outcome]} ${ids.padEnd(width)} ${pc.dim(`${Math.round(durationMs)} ms`.padStart(8))}  ${name}`,
      ),
    ];
  });
}
