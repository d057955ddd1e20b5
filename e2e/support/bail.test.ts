import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';
import { unlessBailed } from './bail.ts';

const result = (requirement: string, outcome: CheckResult['outcome']): CheckResult => ({
  requirement,
  name: 'a check',
  outcome,
  durationMs: 1,
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assay-bail-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('a check after another', () => {
  test.each([
    ['failed is left out', 'fail', ['USR-LIFE-001'], 'skipped'],
    ['failed is run when that does not end the run', 'fail', ['USR-LIFE-002'], 'pass'],
    ['failed is run when nothing ends the run', 'fail', undefined, 'pass'],
    ['could not tell is run', 'error', ['USR-LIFE-001'], 'pass'],
  ] as const)('that %s', async (_name, outcome, bailOn, expected) => {
    const session = { dir, ...(bailOn && { bailOn: [...bailOn] }) } as unknown as Session;
    await unlessBailed(result('USR-LIFE-001', outcome), session, async () => result('USR-LIFE-001', outcome));

    const second = await unlessBailed(result('USR-LIFE-003', 'pass'), session, async () =>
      result('USR-LIFE-003', 'pass'),
    );

    expect(second.outcome).toBe(expected);
  });
});
