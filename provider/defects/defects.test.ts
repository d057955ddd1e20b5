import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { requirements } from '../../contracts/requirements.ts';
import { createApp } from '../app.ts';
import { createParts } from '../parts.ts';
import { CLASSES } from './defect.ts';
import { defects } from './defects.ts';

/** These act on the process, its folder or an issuer when they are built, not on an app. */
const BUILT_BY_STARTING = [
  'lock-file-stays',
  'abort-crashes',
  'memory-is-taken',
  'processor-is-burnt',
  'reads-ask-issuer',
];

// One for all: a new database waits for the disk.
const dataDir = mkdtempSync(join(tmpdir(), 'defects-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('the defects', () => {
  test('are at least 120 with names of their own', () => {
    const names = defects.map(({ name }) => name);

    expect(names.length).toBeGreaterThanOrEqual(120);
    expect(names).toEqual([...new Set(names)]);
  });

  test('are of every class', () => {
    expect(new Set(defects.map((defect) => defect.class))).toEqual(new Set(CLASSES));
  });

  test('say what they do in one sentence', () => {
    for (const { name, sentence } of defects) {
      expect({ name, sentence }).toEqual({ name, sentence: expect.stringMatching(/^\S.*\.$/) });
    }
  });

  test('each violate a requirement of the catalogue', () => {
    const ids: string[] = requirements.map(({ id }) => id);

    expect(defects.filter(({ requirement }) => !ids.includes(requirement)).map(({ name }) => name)).toEqual([]);
  });

  test('leave out no requirement but those that no fault of a provider can reach', () => {
    const named: string[] = defects.map(({ requirement }) => requirement);
    const reachable = requirements.filter((one: Requirement) => one.unreachable === undefined);

    expect(reachable.filter(({ id }) => !named.includes(id)).map(({ id }) => id)).toEqual([]);
  });

  test.each(defects.filter(({ name }) => !BUILT_BY_STARTING.includes(name)))('$name is built', async ({ seed }) => {
    const settings = { host: '127.0.0.1', port: 0, dataDir, issuer: 'http://127.0.0.1:9', audience: 'users-api' };
    const own = createParts(settings);
    for (const { id } of [...own.store.all()]) own.store.remove(id);
    const parts = seed(own, settings);
    const app = await createApp(parts);

    await app.ready();

    expect((await app.inject({ url: '/users', headers: { host: '127.0.0.1' } })).statusCode).toBe(200);
    parts.store.close();
  });
});
