import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { readWaivers } from './waivers.ts';

const file = join(mkdtempSync(join(tmpdir(), 'waivers-')), 'waivers.yaml');
const read = (text: string) => {
  writeFileSync(file, text);
  return readWaivers(file, ['USR-SNAP-001'], '2026-06-15');
};
const entry = (overrides: Record<string, string> = {}) =>
  JSON.stringify([{ requirement: 'USR-SNAP-001', reason: 'known', owner: 'ada', expires: '2026-06-15', ...overrides }]);

describe('a waiver file', () => {
  test('waives up to and including its last day', () => {
    expect(read(entry())).toMatchObject({ active: [{ owner: 'ada' }], expired: [] });
  });

  test('no longer waives a day later, and says so', () => {
    expect(read(entry({ expires: '2026-06-14' }))).toMatchObject({ active: [], expired: [{ owner: 'ada' }] });
  });

  test('may be empty', () => {
    expect(read('')).toEqual({ active: [], expired: [] });
  });

  test.each([
    ['an unknown requirement', entry({ requirement: 'USR-SNAP-999' }), 'USR-SNAP-999'],
    ['a missing owner', entry({ owner: '' }), '0.owner'],
    ['a date that is none', entry({ expires: 'soon' }), '0.expires'],
    ['an unknown field', entry({ until: 'x' }), 'entry 0'],
    ['no YAML', '[', file],
  ])('is refused with %s', (_what, text, named) => {
    expect(() => read(text)).toThrow(UsageError);
    expect(() => read(text)).toThrow(named);
  });

  test('is refused by name when it cannot be read', () => {
    expect(() => readWaivers('/nowhere/waivers.yaml', [], '2026-06-15')).toThrow(
      'cannot read the waiver file /nowhere/waivers.yaml',
    );
  });
});
