import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { mapToTheEnd } from './map-to-the-end.ts';

test('what is under way comes to its end before the first error is told, and nothing else is begun', async () => {
  const begun: string[] = [];
  const ended: string[] = [];
  const work = async (item: string) => {
    begun.push(item);
    if (item === 'fails') throw new Error('stopped');
    await setImmediate();
    ended.push(item);
    return item;
  };

  await expect(mapToTheEnd(['slow', 'fails', 'later'], work, 2)).rejects.toThrow('stopped');
  expect({ begun, ended }).toEqual({ begun: ['slow', 'fails'], ended: ['slow'] });
  await expect(mapToTheEnd(['slow', 'later'], work, 1)).resolves.toEqual(['slow', 'later']);
});
