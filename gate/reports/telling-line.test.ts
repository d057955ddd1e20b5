import { describe, expect, test } from '@jest/globals';
import { oneLine } from './telling-line.ts';

describe('an error on one line', () => {
  test('is its only line', () => {
    expect(oneLine('nothing answers\n')).toBe('nothing answers');
  });

  test('names the error of a stack trace, not its frames', () => {
    const stack = `"node x.js" ended with exit code 1\nnode:internal\n  throw err;\n\nError: Cannot find module 'x.js'\n    at Module._error (node:1)\n  code: 1\n}`;

    expect(oneLine(stack)).toBe(`"node x.js" ended with exit code 1: Error: Cannot find module 'x.js'`);
  });

  test('prefers the line that names the error to one that merely holds the word', () => {
    const esm = `it ended with exit code 1\nError [ERR_MODULE_NOT_FOUND]: Cannot find module 'run.ts'\n  code: 'ERR_MODULE_NOT_FOUND',\n  url: 'file:///errors/run.ts'\n`;

    expect(oneLine(esm)).toBe(`it ended with exit code 1: Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'run.ts'`);
  });

  test('takes the last words where none speaks of an error', () => {
    expect(oneLine('it ended with exit code 3\nstarting\nout of luck\n')).toBe(
      'it ended with exit code 3: out of luck',
    );
  });
});
