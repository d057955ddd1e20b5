import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Context } from './context.ts';
import { holdsForAll } from './property.ts';
import { Unsatisfied } from './unsatisfied.ts';

const contextWith = (seed: number) => ({ seed, measure: () => {} }) as unknown as Context;

describe('holdsForAll', () => {
  test('tells the smallest example and how to draw it again', async () => {
    const held = holdsForAll(contextWith(42), fc.nat(1_000), { runs: 100 }, async (number) => {
      if (number > 10) throw new Unsatisfied('at most 10', `${number}`);
    });

    await expect(held).rejects.toMatchObject({
      expected: 'at most 10',
      actual: expect.stringMatching(/^11\nfor 11 \(drawn with the check's seed 42, path /),
    });
  });

  test('still tells that a request was waited for in vain', async () => {
    const held = holdsForAll(contextWith(1), fc.nat(), { runs: 1 }, async () => {
      throw new Unsatisfied('an answer', 'none', { hung: true });
    });

    await expect(held).rejects.toMatchObject({ hung: true });
  });

  test('draws the same from the same seed', async () => {
    const draw = async () => {
      const drawn: number[] = [];
      await holdsForAll(contextWith(7), fc.nat(), { runs: 5 }, async (number) => void drawn.push(number));
      return drawn;
    };

    expect(await draw()).toEqual(await draw());
  });

  test('tries one example, however long it takes, and none when the time is up', async () => {
    const tried: number[] = [];
    await holdsForAll(contextWith(1), fc.nat(), { runs: 5, withinMs: 0 }, async (number) => void tried.push(number));
    expect(tried).toHaveLength(1);
  });

  test('lets an error of the check through as it is', async () => {
    const held = holdsForAll(contextWith(1), fc.nat(), { runs: 1 }, async () => {
      throw new TypeError('a bug');
    });

    await expect(held).rejects.toThrow(TypeError);
  });
});
