import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { readConfig, readConfigFile } from './read.ts';

const surroundings = { cwd: '/caller', env: { HOME: '/home/ada' } };

describe('the configuration', () => {
  test('is the embedded provider, all stages and the standard profile where nothing is said', () => {
    expect(readConfig({}, surroundings)).toMatchObject({
      target: { kind: 'embedded' },
      stages: ['contracts', 'e2e', 'load'],
      only: [],
      except: [],
      profile: 'standard',
      cache: '/home/ada/.cache/assay',
    });
  });

  test('splits a command into words as a shell would, to be run in the folder of the caller', () => {
    const { target } = readConfig({ providerCommand: `node 'my server.js' --name "a b"` }, surroundings);

    expect(target).toEqual({ kind: 'command', command: ['node', 'my server.js', '--name', 'a b'], cwd: '/caller' });
  });

  test('takes files from the folder of the caller', () => {
    expect(readConfig({ waivers: 'w.yaml', out: '../report' }, surroundings)).toMatchObject({
      waivers: '/caller/w.yaml',
      out: '/report',
    });
  });

  test('runs stages in their own order, whatever order they are asked in', () => {
    expect(readConfig({ stages: 'load, contracts' }, surroundings).stages).toEqual(['contracts', 'load']);
  });

  test('lets load out to a host that was named, and other stages anywhere', () => {
    expect(() =>
      readConfig({ provider: 'http://192.0.2.1', allowRemoteLoad: '192.0.2.1' }, surroundings),
    ).not.toThrow();
    expect(() => readConfig({ provider: 'http://192.0.2.1', stages: 'e2e' }, surroundings)).not.toThrow();
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(readConfig({}, surroundings))).toBe(true);
  });

  test.each([
    [{ provider: 'localhost:1000' }, '--provider localhost:1000'],
    [{ provider: 'nonsense' }, '--provider nonsense'],
    [{ provider: 'ftp://localhost' }, '--provider ftp://localhost'],
    [{ provider: 'http://ada:secret@localhost' }, 'name or password'],
    [{ provider: 'http://localhost', providerCommand: 'x' }, 'give one of them'],
    [{ providerCommand: '' }, '--provider-command is empty'],
    [{ providerCommand: 'node "a' }, '--provider-command node "a'],
    [{ providerImage: '' }, '--provider-image is empty'],
    [{ stages: 'e2e,nope' }, '--stages e2e,nope'],
    [{ stages: '' }, '--stages'],
    [{ profile: 'strict' }, '--profile strict'],
    [{ issuerUrl: 'x' }, '--issuer-url x'],
    [{ seed: '1.5' }, '--seed 1.5'],
    [{ rate: '-1' }, '--rate -1'],
    [{ users: '100001' }, '--users'],
    [{ workloads: 'nope' }, '--workloads'],
    [{ provider: 'http://192.0.2.1:1000' }, '--allow-remote-load 192.0.2.1'],
  ])('refuses %j in one line that names the flag', (flags, message) => {
    expect(() => readConfig(flags, surroundings)).toThrow(UsageError);
    expect(() => readConfig(flags, surroundings)).toThrow(message);
  });
});

describe('the configuration file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'assay.config.yaml');

  test('gives flags by their long names', () => {
    writeFileSync(file, 'stages: contracts\nprovider-command: node server.js\n');

    expect(readConfigFile(file, true)).toEqual({ stages: 'contracts', 'provider-command': 'node server.js' });
  });

  test('need not exist unless it was asked for', () => {
    expect(readConfigFile('/nowhere.yaml', false)).toEqual({});
    expect(() => readConfigFile('/nowhere.yaml', true)).toThrow('cannot read the configuration /nowhere.yaml');
  });

  test('is refused where it is no list of settings', () => {
    writeFileSync(file, 'stages: [a]\n');

    expect(() => readConfigFile(file, true)).toThrow('`flag: value`');
  });
});
