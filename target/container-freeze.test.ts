import { describe, expect, test } from '@jest/globals';
import { freeze } from './container-freeze.ts';

/** Fails so often before it works; how often it was asked. */
function containerThat(reason: string, failures: number) {
  const container = {
    asked: 0,
    async pause() {
      container.asked += 1;
      if (container.asked <= failures)
        throw new Error(`(HTTP code 500) server error - Cannot pause container: ${reason}`);
    },
  };
  return container;
}

describe('freezing a container', () => {
  test('asks again when the runtime did not catch it', async () => {
    const container = containerThat('OCI runtime pause failed: unable to freeze: unknown', 2);

    await freeze(container, 1);

    expect(container.asked).toBe(3);
  });

  test('does not ask for ever', async () => {
    const container = containerThat('unable to freeze', Number.POSITIVE_INFINITY);

    await expect(freeze(container, 1)).rejects.toThrow('unable to freeze');
  });

  test('hands every other error on at once', async () => {
    const container = containerThat('no such container', 1);

    await expect(freeze(container, 1)).rejects.toThrow('no such container');
    expect(container.asked).toBe(1);
  });
});
