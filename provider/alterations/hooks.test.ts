import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createApp } from '../app.ts';
import { createParts, type Parts } from '../parts.ts';
import { json } from './hooks.ts';

const settings = (dataDir: string) => ({
  host: '127.0.0.1',
  port: 0,
  dataDir,
  issuer: 'http://127.0.0.1:9',
  audience: 'users-api',
});

/** What `GET /users` answers when this many users are there and the snapshot is altered. */
async function readAltered(users: number): Promise<unknown> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hooks-'));
  const parts: Parts = createParts(settings(dataDir));
  try {
    for (let at = 0; at < users; at++) parts.store.signIn({ subject: `s${at}` }, '2026-01-02T03:04:05.000000Z');
    const altered = json('snapshot', ({ iterable }) => ({ altered: iterable.length }))(parts, settings(dataDir));
    const app = await createApp(altered);
    const answer = await app.inject({ url: '/users', headers: { host: 'localhost' } });
    await app.close();
    return answer.json();
  } finally {
    parts.store.close();
    rmSync(dataDir, { recursive: true });
  }
}

describe('json', () => {
  // The provider sends small bodies as text and large ones as bytes.
  test.each([0, 1, 200])('alters a snapshot of %i users', async (users) => {
    expect(await readAltered(users)).toEqual({ altered: users });
  });
});
