import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../config/read.ts';
import { rerunCommand } from './command-line.ts';

const commandFor = (flags: Parameters<typeof readConfig>[0], only?: string) =>
  rerunCommand(readConfig(flags, { cwd: '/work', env: {} }), only);

describe('the command that reruns', () => {
  test('is the shortest one when nothing was asked for', () => {
    expect(commandFor({})).toBe('./assay verify');
  });

  test('says again what changes what is found', () => {
    const flags = {
      audience: 'mine',
      seed: '7',
      rate: '20',
      users: '100',
      workloads: 'smoke,average',
      except: 'USR-DUR',
    };

    expect(commandFor(flags)).toBe(
      './assay verify --audience mine --seed 7 --workloads smoke,average --rate 20 --users 100 --except USR-DUR',
    );
  });

  test('asks for one requirement, and quotes for a shell', () => {
    const flags = { providerCommand: `node "my server.js"`, stages: 'e2e' };

    expect(commandFor(flags, 'USR-LIFE-001')).toBe(
      `./assay verify --provider-command 'node '\\''my server.js'\\''' --only USR-LIFE-001`,
    );
  });

  test('repeats the whole for what is decided by all that a run does', () => {
    expect(commandFor({ stages: 'e2e' }, 'USR-ROB-001')).toBe('./assay verify --stages e2e');
  });
});
