import { expect, test } from '@jest/globals';
import { quarters } from './watch.ts';

function linesOf(steps: readonly { done: number; minutes: number }[]): string[] {
  const lines: string[] = [];
  let minutes = 0;
  const task = {
    set output(line: string) {
      lines.push(line);
    },
  };
  const tell = quarters(task, () => minutes * 60_000);
  for (const step of steps) {
    minutes = step.minutes;
    tell({ done: step.done, total: 8, label: 'checks' });
  }
  return lines;
}

test('where nobody watches, a short run tells its quarters', () => {
  const steps = Array.from({ length: 8 }, (_, index) => ({ done: index + 1, minutes: 0 }));

  expect(linesOf(steps)).toEqual(['2/8 checks', '4/8 checks', '6/8 checks', '8/8 checks']);
});

test('and a long one is not silent for hours', () => {
  expect(
    linesOf([
      { done: 1, minutes: 1 },
      { done: 1, minutes: 3 },
      { done: 1, minutes: 4 },
      { done: 2, minutes: 9 },
    ]),
  ).toEqual(['1/8 checks', '2/8 checks']);
});
