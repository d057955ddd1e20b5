import { describe, expect, test } from '@jest/globals';
import type { Alarm } from './model.ts';
import { noisePage, tallies, worstOfEach } from './tally.ts';

const alarm = (variant: string, over: Partial<Alarm> = {}): Alarm => ({
  variant,
  asked: '--stages contracts',
  verdict: 'ship',
  falseAlarms: [],
  untold: [],
  durationMs: 1,
  ...over,
});

describe('the tally of runs on correct providers', () => {
  test('counts verdicts and requirements of each provider', () => {
    const rows = tallies([
      alarm('go'),
      alarm('python', { verdict: 'reject', falseAlarms: ['USR-A-001', 'USR-A-002'] }),
      alarm('go', { verdict: 'inconclusive', untold: ['USR-B-001'] }),
      alarm('python', { verdict: 'reject', falseAlarms: ['USR-A-001'] }),
    ]);

    expect(rows).toEqual([
      { variant: 'go', runs: 2, shipped: 1, rejected: 0, inconclusive: 1, falseAlarms: {}, untold: { 'USR-B-001': 1 } },
      {
        variant: 'python',
        runs: 2,
        shipped: 0,
        rejected: 2,
        inconclusive: 0,
        falseAlarms: { 'USR-A-001': 2, 'USR-A-002': 1 },
        untold: {},
      },
    ]);
  });

  test('keeps the worst run of each provider', () => {
    const worst = worstOfEach([
      alarm('go', { verdict: 'inconclusive' }),
      alarm('python'),
      alarm('go', { verdict: 'reject' }),
      alarm('go'),
    ]);

    expect(worst.map(({ variant, verdict }) => [variant, verdict])).toEqual([
      ['go', 'reject'],
      ['python', 'ship'],
    ]);
  });

  test('is told as a table', () => {
    const page = noisePage([alarm('go', { verdict: 'reject', falseAlarms: ['USR-A-001'] })], 'contracts');

    expect(page).toContain('**1 rejections and 0 inconclusive verdicts in 1 runs on 1 correct providers.**');
    expect(page).toContain('| go | 1 | 0 | 1 | 0 | USR-A-001 (1) | – |');
    expect(page).not.toContain('side by side');
    expect(page).not.toContain('What failed');
  });

  test('says what the failed checks saw', () => {
    const found = ['USR-A-001 users are there: none was'];
    const page = noisePage([alarm('go'), alarm('go', { verdict: 'reject', found })], 'contracts');

    expect(page).toMatch(/\n## What failed, or could not be told .*\n\n- go: USR-A-001 users are there: none was\n$/);
  });

  test('says which runs were noise to each other', () => {
    const page = noisePage([alarm('go'), alarm('go', { together: 2 }), alarm('python', { together: 3 })], 'contracts');

    expect(page).toContain('2 of the runs went side by side, up to 3 at once.');
  });
});
