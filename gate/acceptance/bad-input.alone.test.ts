import { describe, expect, test } from '@jest/globals';
import { assay } from './assay.ts';

const oneLine = (stderr: string) =>
  stderr
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('assay:'));

describe('bad input', () => {
  test.each([
    ['an unknown command', ['nonsense']],
    ['an unknown flag', ['verify', '--nonsense']],
    ['a flag without its value', ['verify', '--provider']],
    ['a URL that is none', ['verify', '--provider', 'nonsense']],
    ['an unknown stage', ['verify', '--stages', 'nope']],
    ['an unknown requirement', ['verify', '--only', 'USR-NOPE-001']],
    ['a waiver file that is not there', ['verify', '--waivers', 'nowhere.yaml']],
    ['budgets that are not there', ['verify', '--budgets', 'nowhere.json']],
    ['a configuration that is not there', ['verify', '--config', 'nowhere.yaml']],
    ['an unknown level', ['checks', '--level', 'nope']],
    ['a port that is none', ['serve', '--port', 'x']],
    ['a bench with a number of users that is none', ['bench', '--users', '10,many']],
    ['a bench with nowhere to write to', ['bench', '--out', 'nowhere/bench.json']],
    ['more pods than requests', ['load', 'distribute', '--rate', '2', '--parallelism', '3']],
    ['load on another host', ['load', 'distribute', '--mode', 'local', '--base-url', 'http://192.0.2.1']],
    ['an output that is no URL', ['verify', '--stages', 'load', '--prometheus', 'ftp://127.0.0.1']],
    ['an empty folder for samples', ['verify', '--stages', 'load', '--samples', '']],
  ])('%s gets one line and exit 64', async (_what, argv) => {
    const { exitCode, stdout, stderr } = await assay(...argv);

    expect({ exitCode, stdout, lines: stderr.trim().split('\n') }).toEqual({
      exitCode: 64,
      stdout: '',
      lines: [expect.stringMatching(/^assay: /)],
    });
  });

  test.each([
    ['a URL where nothing listens', ['--provider', 'http://127.0.0.1:9'], 'http://127.0.0.1:9'],
    ['a command that is not there', ['--provider-command', 'no-such-program'], 'no-such-program'],
    ['a script that is not there', ['--provider-command', 'node nothing.js'], 'nothing.js'],
  ])(
    '%s gets one line and exit 2 within ten seconds',
    async (_what, flags, named) => {
      const started = performance.now();
      const { exitCode, stderr } = await assay('verify', '--stages', 'contracts', ...flags);

      expect({ exitCode, lines: oneLine(stderr) }).toEqual({ exitCode: 2, lines: [expect.stringContaining(named)] });
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
    20_000,
  );
});
