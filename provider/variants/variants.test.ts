import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApp } from '../app.ts';
import { AUDIENCE, startTestIssuer, type TestIssuer } from '../issuer.fixture.ts';
import { createParts } from '../parts.ts';
import { variants } from './variants.ts';

let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await startTestIssuer();
});
afterAll(async () => {
  await issuer[Symbol.asyncDispose]();
});

describe('the variants', () => {
  test('have names of their own', () => {
    const names = variants.map(({ name }) => name);

    expect(names).toEqual([...new Set(names)]);
  });

  test('say in one sentence how they differ, and what allows it', () => {
    for (const { name, sentence, allowedBy } of variants) {
      expect({ name, sentence }).toEqual({ name, sentence: expect.stringMatching(/^\S.*\.$/) });
      expect(allowedBy.length).toBeGreaterThan(0);
    }
  });

  test.each(variants)('$name signs somebody in, shows it and signs it out', async ({ alter }) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'variant-'));
    const settings = { host: '127.0.0.1', port: 0, dataDir, issuer: issuer.url, audience: AUDIENCE };
    const parts = alter(createParts(settings), settings);
    const app = await createApp(parts);
    const send = (method: 'GET' | 'POST', url: string, payload?: object) =>
      app.inject({ method, url, headers: { host: 'localhost' }, ...(payload ? { payload } : {}) });

    const access_token = await issuer.sign({ sub: 'ada' });
    const { id } = (
      await send('POST', '/users/authenticate/from_token', { access_token, token_type: 'Bearer', expires_in: 300 })
    ).json();
    const [users, one] = [await send('GET', '/users'), await send('GET', `/users/${id}`)];
    const left = await send('POST', `/users/${id}/disconnect`);
    const gone = await send('GET', `/users/${id}`);

    expect(users.json()).toMatchObject({ iterable: [{ id }] });
    expect(one.json()).toMatchObject(users.json().iterable[0]);
    expect(left.json().iterable ?? []).toEqual([]);
    expect(gone.statusCode).toBeGreaterThanOrEqual(400);
    await app.close();
    parts.store.close();
    rmSync(dataDir, { recursive: true });
  });
});
