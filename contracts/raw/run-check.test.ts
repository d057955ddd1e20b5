import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ledger } from '../../target/ledger.ts';
import { openMint } from '../../target/mint.ts';
import { Model, readSchemas } from '../model.ts';
import { Unavailable } from '../verification/scene.ts';
import { StubProvider, sendJson } from '../verification/stub-provider.ts';
import { type RawCheck, Violated } from './check.ts';
import { expectCleanJson, expectUsers } from './expect.ts';
import { runCheck } from './run-check.ts';

const dir = mkdtempSync(join(tmpdir(), 'assay-raw-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** How a check ends against a server that sends this body for `GET /users`. */
async function end(run: RawCheck['run'], baseUrl: string) {
  const options = { sessionId: 'test0000', baseUrl, mint: await openMint({ kind: 'none' }), ledger: new Ledger(dir) };
  const tools = { model: new Model(readSchemas()), emptyTarget: async () => baseUrl };
  return runCheck({ requirement: 'USR-SNAP-001', name: 'n', run }, options, tools);
}

describe('runCheck', () => {
  test('passes what does not object, and keeps the exchanges', async () => {
    await using provider = await StubProvider.start(sendJson(200, { iterable: [] }));

    const result = await end(async (scene) => void expectUsers(await scene.client.snapshot()), provider.url);

    expect(result).toMatchObject({
      requirement: 'USR-SNAP-001',
      outcome: 'pass',
      evidence: { exchanges: [{ status: 200 }] },
    });
  });

  test('fails on a violation, with both sides', async () => {
    await using provider = await StubProvider.start(sendJson(200, { iterable: 'nobody' }));

    const result = await end(async (scene) => void expectUsers(await scene.client.snapshot()), provider.url);

    expect(result).toMatchObject({ outcome: 'fail', expected: expect.stringContaining('array'), actual: '"nobody"' });
  });

  test('reads a body behind a byte order mark, which is for expectCleanJson to object to', async () => {
    await using provider = await StubProvider.start((_, response) => response.end('\uFEFF{"iterable":[]}'));

    const result = await end(async (scene) => void expectUsers(await scene.client.snapshot()), provider.url);

    expect(result).toMatchObject({ outcome: 'pass' });
  });

  test('fails on a server that does not answer', async () => {
    const result = await end(async (scene) => void (await scene.client.snapshot()), 'http://127.0.0.1:9');

    expect(result).toMatchObject({
      outcome: 'fail',
      expected: 'an answer',
      actual: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test.each([
    ['skips what cannot be tried', new Unavailable('no tokens'), { outcome: 'skipped', reason: 'no tokens' }],
    ['cannot tell when the check itself breaks', new TypeError('oops'), { outcome: 'error', reason: 'oops' }],
    ['fails by what it says', new Violated('a', 'b'), { outcome: 'fail', expected: 'a', actual: 'b' }],
  ])('%s', async (_what, thrown, ended) => {
    const result = await end(async () => {
      throw thrown;
    }, 'http://127.0.0.1:9');

    expect(result).toMatchObject(ended);
  });
});

describe('expectCleanJson', () => {
  const look: RawCheck['run'] = async (scene) => expectCleanJson(await scene.client.snapshot());

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'takes %s',
    async (type) => {
      await using provider = await StubProvider.start((_, response) =>
        response.setHeader('content-type', type).end('{}'),
      );

      await expect(end(look, provider.url)).resolves.toMatchObject({ outcome: 'pass' });
    },
  );

  test.each([
    ['text/plain', '{}', 'text/plain'],
    ['application/jsonp', '{}', 'application/jsonp'],
    ['application/json', '{"a":1,"a":2}', 'the member "a" is in one object twice'],
  ])('objects to %s with %s', async (type, body, actual) => {
    await using provider = await StubProvider.start((_, response) =>
      response.setHeader('content-type', type).end(body),
    );

    await expect(end(look, provider.url)).resolves.toMatchObject({ outcome: 'fail', actual });
  });
});
