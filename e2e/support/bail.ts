import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endsRun, leftOut } from '../../target/protocol/bail.ts';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';

const flag = (dir: string): string => join(dir, 'e2e', 'bailed');

/** Runs a check, unless another has failed and the run ends at the first (`--bail`), in this worker or in another. */
export async function unlessBailed(
  { requirement, name }: Pick<CheckResult, 'requirement' | 'name'>,
  session: Session,
  run: () => Promise<CheckResult>,
): Promise<CheckResult> {
  if (existsSync(flag(session.dir))) return leftOut(requirement, name);
  const result = await run();
  if (endsRun(session, [result])) {
    mkdirSync(join(session.dir, 'e2e'), { recursive: true });
    writeFileSync(flag(session.dir), '');
  }
  return result;
}
