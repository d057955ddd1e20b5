import { describe, expect, test } from '@jest/globals';
import { execaSync } from 'execa';
import { findProcess, isAlive, parsePs, readProcessTable } from './process-table.ts';

describe('readProcessTable', () => {
  test('holds this process', () => {
    expect(readProcessTable()).toContainEqual(
      expect.objectContaining({ pid: process.pid, parent: process.ppid, zombie: false }),
    );
  });
});

describe('isAlive', () => {
  test('knows a process by its start time', () => {
    const { pid, startedAt } = findProcess(process.pid)!;

    expect(isAlive({ pid, startedAt })).toBe(true);
    expect(isAlive({ pid, startedAt: 'before' })).toBe(false);
  });
});

describe('parsePs', () => {
  test('reads what ps of BSD and macOS writes', () => {
    const rows = parsePs(
      '    1     0     1 Ss   Mon Nov 24 03:08:01 2026\n  812     1   812 Z+   Tue Nov 25 09:00:00 2026\n',
    );

    expect(rows).toEqual([
      { pid: 1, parent: 0, group: 1, zombie: false, startedAt: 'Mon Nov 24 03:08:01 2026' },
      { pid: 812, parent: 1, group: 812, zombie: true, startedAt: 'Tue Nov 25 09:00:00 2026' },
    ]);
  });

  test('reads what ps of this machine writes', () => {
    const { stdout } = execaSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart=']);

    expect(parsePs(stdout)).toContainEqual(expect.objectContaining({ pid: process.pid, parent: process.ppid }));
  });
});
