import { describe, expect, test } from '@jest/globals';
import { capacityOf, nextRate, type Tried } from './search.ts';

const options = { start: 100, most: 100_000, repeats: 3 };

/** Searches a target that meets the budget up to `truth`, but for the trials that `unlucky` names. */
function search(truth: number, unlucky: (trial: number) => boolean = () => false): Tried[] {
  const trials: Tried[] = [];
  for (
    let rate = nextRate(trials, options);
    rate !== undefined && trials.length < 100;
    rate = nextRate(trials, options)
  )
    trials.push({ rate, met: rate <= truth !== unlucky(trials.length) });
  return trials;
}

describe('the search for the capacity', () => {
  test.each([1, 3, 90, 100, 777, 5000, 60_000])('finds %d within a tenth', (truth) => {
    const capacity = capacityOf(search(truth));

    expect(capacity).toBeLessThanOrEqual(truth);
    expect(capacity).toBeGreaterThanOrEqual(Math.floor(truth / 1.15));
  });

  test('tries the rates at the knee three times', () => {
    const trials = search(777);
    const capacity = capacityOf(trials);

    expect(trials.filter(({ rate }) => rate === capacity)).toHaveLength(3);
  });

  test('is not led astray by one unlucky trial at the knee', () => {
    const last = search(777).length - 1;

    expect(capacityOf(search(777, (trial) => trial === last))).toBeGreaterThan(650);
  });

  test('ends at 0 where not even one request a second is answered in time', () => {
    expect(capacityOf(search(0))).toBe(0);
  });

  test('ends at the most that it may send', () => {
    expect(capacityOf(search(1_000_000))).toBe(100_000);
  });
});
