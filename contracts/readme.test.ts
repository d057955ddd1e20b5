import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Lines without their indentation. */
const linesOf = (text: string) => text.split('\n').map((line) => line.trim());

test('the interaction that contracts/README.md shows is one that the tests run', () => {
  const [, snippet] = /```ts\n(.*?)\n```/s.exec(read('./README.md')) ?? [];

  expect(linesOf(read('./consumer/one.interactions.ts')).join('\n')).toContain(linesOf(snippet!).join('\n'));
});
