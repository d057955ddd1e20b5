import { describe, expect, test } from '@jest/globals';
import { verifyProvider } from './assay.ts';

/** The tester is tested: each known-bad provider gets the right exit code, for the right requirement. */
describe('a known-bad provider', () => {
  test('with profiles of the wrong shape is rejected', async () => {
    const { exitCode, failed } = await verifyProvider('wrong-shape', '--stages', 'contracts', '--only', 'USR-AUTH-001');

    expect({ exitCode, failed }).toEqual({ exitCode: 1, failed: ['USR-AUTH-001'] });
  }, 60_000);

  test('that answers sign-in with 500 is rejected', async () => {
    const { exitCode, failed } = await verifyProvider('server-errors', '--stages', 'e2e', '--only', 'USR-AUTH-001');

    expect({ exitCode, failed }).toEqual({ exitCode: 1, failed: ['USR-AUTH-001'] });
  }, 60_000);

  test('is rejected at its first failure with --bail, and what was not run is told', async () => {
    const { exitCode, run } = await verifyProvider('wrong-shape', '--bail');

    expect({ exitCode, states: run?.stages.map(({ state }) => state) }).toEqual({
      exitCode: 1,
      states: ['complete', 'left out', 'left out'],
    });
    expect(run?.outcomes.find(({ requirement }) => requirement.id === 'USR-LIFE-001')?.reason).toContain('--bail');
  }, 60_000);

  test('that is slow is rejected by the load stage', async () => {
    const { exitCode, failed } = await verifyProvider('slow', '--stages', 'load', '--only', 'USR-PERF-005');

    expect({ exitCode, failed }).toEqual({ exitCode: 1, failed: ['USR-PERF-005'] });
  }, 180_000);

  test('that dies is rejected for not staying up, and its last words are told', async () => {
    const { exitCode, failed } = await verifyProvider('dies', '--stages', 'e2e', '--only', 'USR-AUTH-001,USR-ROB-001');

    expect({ exitCode, failed }).toEqual({ exitCode: 1, failed: expect.arrayContaining(['USR-ROB-001']) });
  }, 60_000);

  test('that never starts is no evidence: one line with its last words, exit 2', async () => {
    const { exitCode, stderr } = await verifyProvider('never-starts', '--quiet');

    expect({ exitCode, lines: stderr.trim().split('\n') }).toEqual({
      exitCode: 2,
      lines: [expect.stringContaining('cannot open the database: no such file')],
    });
  }, 30_000);
});
