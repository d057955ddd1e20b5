import { describe, expect, test } from '@jest/globals';
import { buildCheck, buildRequirement } from './fixtures.ts';
import { combine, worse } from './outcomes.ts';

const catalogue = [
  buildRequirement({ id: 'USR-SNAP-001' }),
  buildRequirement({ id: 'USR-SNAP-002', level: 'hardened' }),
];
const combined = (stage: Partial<Parameters<typeof combine>[1][number]>, waivers: Parameters<typeof combine>[2] = []) =>
  combine(catalogue, [{ stage: 'e2e', declared: ['USR-SNAP-001'], checks: [], ...stage }], waivers, 'standard');

describe('combining what the stages said', () => {
  test('takes the worst of several checks', () => {
    const checks = [buildCheck(), buildCheck({ outcome: 'skipped', reason: 'no restart' })];

    expect(combined({ checks })).toMatchObject([{ outcome: 'skipped', reason: 'no restart', checks: [{}, {}] }]);
  });

  test('makes silence on a declared requirement an error', () => {
    expect(combined({ checks: [] })).toMatchObject([
      { outcome: 'error', reason: expect.stringContaining('without a word') },
    ]);
  });

  test('gives the reason why a stage broke', () => {
    expect(combined({ broken: 'it was stopped after 3 s' })).toMatchObject([
      { outcome: 'error', reason: 'it was stopped after 3 s' },
    ]);
  });

  test('makes a check that nobody asked for an error', () => {
    const checks = [buildCheck(), buildCheck({ requirement: 'USR-SNAP-002' })];

    expect(combined({ checks })).toMatchObject([{ outcome: 'pass' }, { outcome: 'error' }]);
  });

  test('refuses a requirement that is not in the catalogue', () => {
    expect(() => combined({ checks: [buildCheck({ requirement: 'USR-NONE-999' })] })).toThrow('USR-NONE-999');
  });

  test('waives a failure, and nothing else', () => {
    const waiver = { requirement: 'USR-SNAP-001', reason: 'known', owner: 'ada', expires: '2030-01-01' };

    expect(combined({ checks: [buildCheck({ outcome: 'fail' })] }, [waiver])).toMatchObject([{ outcome: 'waived' }]);
    expect(combined({ checks: [buildCheck({ outcome: 'error', reason: 'flaky' })] }, [waiver])).toMatchObject([
      { outcome: 'error' },
    ]);
  });

  test('lets hardened requirements block under the hardened profile only', () => {
    const stages = [
      { stage: 'e2e' as const, declared: ['USR-SNAP-002'], checks: [buildCheck({ requirement: 'USR-SNAP-002' })] },
    ];

    expect(combine(catalogue, stages, [], 'standard')).toMatchObject([{ blocking: false }]);
    expect(combine(catalogue, stages, [], 'hardened')).toMatchObject([{ blocking: true }]);
  });

  test('never lets an outcome get better', () => {
    expect(worse('error', 'fail')).toBe('error');
    expect(worse('pass', 'waived')).toBe('waived');
  });
});
