import { describe, expect, test } from '@jest/globals';
import { requirements } from './requirements.ts';

describe('the catalogue', () => {
  test('declares each id once', () => {
    const ids = requirements.map(({ id }) => id);

    expect(ids).toEqual([...new Set(ids)]);
  });

  test('has a sentence and a source for each requirement', () => {
    for (const { id, sentence, source } of requirements) {
      expect({ id, sentence }).toEqual({ id, sentence: expect.stringMatching(/^[A-Z].+\.$/) });
      expect({ id, source }).toEqual({ id, source: expect.stringMatching(/\S{3}/) });
    }
  });
});
