import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';
import { runChecks } from './run-checks.ts';

const DECLARED = [
  'USR-SNAP-001',
  'USR-ONE-001',
  'USR-ONE-002',
  'USR-DISC-001',
  'USR-AUTH-001',
  'USR-AUTH-002',
  'USR-LIFE-001',
  'USR-LIFE-002',
  'USR-LIFE-003',
];

describe('runChecks', () => {
  test('tells every way a check can end apart', async () => {
    await using provider = await serve(badProvider());
    await using folder = await temporaryFolder();

    const { checks, notes } = await runChecks(sessionFor(provider.url, folder.dir), {
      checksDir: join(import.meta.dirname, 'fixtures', 'checks'),
      signal: new AbortController().signal,
    });

    const find = (id: string): CheckResult[] => checks.filter(({ requirement }) => requirement === id);
    expect(find('USR-SNAP-001')).toMatchObject([{ outcome: 'pass', evidence: { numbers: { answers: 1 } } }]);
    expect(find('USR-ONE-001')).toMatchObject([{ outcome: 'fail', expected: '200', actual: '404' }]);
    expect(find('USR-ONE-001')[0]?.evidence?.exchanges).toMatchObject([{ method: 'GET', status: 404 }]);
    expect(find('USR-ONE-002')).toMatchObject([{ outcome: 'error', flaky: true }]);
    expect(find('USR-DISC-001')).toMatchObject([{ outcome: 'skipped', reason: expect.stringContaining('kill') }]);
    expect(find('USR-AUTH-001')).toMatchObject([{ outcome: 'error', reason: expect.stringContaining('a bug in') }]);
    expect(find('USR-AUTH-002')).toMatchObject([{ outcome: 'error', reason: 'not decided within 0.2 s' }]);
    expect(find('USR-LIFE-001')).toMatchObject([
      { outcome: 'pass' },
      { outcome: 'error', reason: expect.stringContaining('crashes on') },
    ]);
    expect(find('USR-LIFE-002')).toMatchObject([{ outcome: 'error', reason: expect.stringContaining('empty.check') }]);
    expect(find('USR-LIFE-003')).toMatchObject([{ outcome: 'error', reason: expect.stringContaining('no file') }]);
    expect(find('USR-SNAP-002')).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('seed 7'), 'a note']);
  }, 60_000);
});

const sessionFor = (baseUrl: string, dir: string): Session => ({
  id: 'harnesstest',
  dir,
  profile: 'standard',
  declared: { contracts: [], e2e: DECLARED, load: [] },
  target: { spec: { kind: 'url', url: baseUrl }, baseUrl, can: [] },
  tokens: { kind: 'none' },
  options: { e2e: { seed: 7 } },
});

/** Knows nobody, never answers `/never`, and is well only from the second call of `/first-call-only` on. */
function badProvider(): RequestListener {
  let calls = 0;
  return ({ url }, response) => {
    if (url === '/never') return;
    if (url === '/first-call-only') calls += 1;
    const found = url === '/users' || calls > 1;
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  };
}

async function serve(listener: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function temporaryFolder(): Promise<AsyncDisposable & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-e2e-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}
