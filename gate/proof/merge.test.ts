import { describe, expect, test } from '@jest/globals';
import { mergeProofs } from './merge.ts';
import type { Alarm, Defect, Trial, Variant } from './model.ts';

const buildDefect = (name: string, sentence = 'It is wrong.'): Defect => ({
  name,
  class: 'state',
  sentence,
  requirement: 'USR-LIFE-001',
});
const trialOf = (defect: Defect, fate: Trial['fate'] = 'killed'): Trial => ({
  defect,
  fate,
  killers: [],
  durationMs: 1,
});
const alarmOf = (variant: string): Alarm => ({
  variant,
  asked: '',
  verdict: 'ship',
  falseAlarms: [],
  untold: [],
  durationMs: 1,
});
const variantOf = (name: string): Variant => ({ name, profile: 'standard', command: [] });

const [a, b] = [buildDefect('a'), buildDefect('b')];

describe('mergeProofs', () => {
  test('takes what was tried now, and keeps the rest, in the order of the lists', () => {
    const earlier = { trials: [trialOf(b, 'alive'), trialOf(a)], alarms: [alarmOf('go')] };
    const now = { trials: [trialOf(b)], alarms: [] };

    expect(mergeProofs(earlier, now, [a, b], [variantOf('go')])).toEqual({
      trials: [trialOf(a), trialOf(b)],
      alarms: [alarmOf('go')],
    });
  });

  test('drops what is no more, or is another one now', () => {
    const earlier = { trials: [trialOf(a), trialOf(b)], alarms: [alarmOf('go')] };

    expect(
      mergeProofs(earlier, { trials: [], alarms: [] }, [buildDefect('a', 'It is wrong in another way.')], []),
    ).toEqual({
      trials: [],
      alarms: [],
    });
  });
});
