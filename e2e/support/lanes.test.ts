import { describe, expect, test } from '@jest/globals';
import { dealFiles } from './lanes.ts';

describe('dealFiles', () => {
  test('deals every file out once, to lanes of like length', () => {
    const lanes = dealFiles(['/life/a', '/life/b', '/life/c'], 2);

    expect(lanes).toEqual([['/life/a', '/life/c'], ['/life/b']]);
  });

  test('leaves to the end what may end a target', () => {
    const [lane] = dealFiles(['/faults/a', '/durability/a', '/robustness/a', '/security/a'], 1);

    expect(lane).toEqual(['/security/a', '/robustness/a', '/durability/a', '/faults/a']);
  });
});
