import { globSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startAssay } from './assay.ts';
import { processesOf } from './left-behind.ts';
import { type LiveServer, startLiveServer } from './live-server.ts';

/** A folder for temporary files that only one run knows: whatever it leaves is found in it or carries its name. */
function ownFolder(): Disposable & { dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'acceptance-'));
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

const against = (server: LiveServer) => ['verify', '--provider', server.url, '--issuer-url', server.issuerUrl];

async function untilAUserIsMade(server: LiveServer): Promise<void> {
  while ((await server.users()).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** From then on a later run knows of it too. */
async function untilAUserIsRecorded(dir: string): Promise<void> {
  while (globSync(join(dir, 'assay-run-*', 'ledger', 'users', '*.json')).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a run against a live server', () => {
  test('leaves the snapshot as it was, and says so', async () => {
    await using server = await startLiveServer();
    const before = await server.users();

    const { stdout } = await startAssay([...against(server), '--stages', 'e2e', '--only', 'USR-LIFE-001']);

    expect(await server.users()).toEqual(before);
    expect(stdout).toContain('the snapshot after the run equals the one before (1 user)');
  }, 60_000);

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves no user, process or folder behind when %s stops it',
    async (signal) => {
      await using server = await startLiveServer();
      using temporary = ownFolder();
      const before = await server.users();
      const child = startAssay([...against(server), '--stages', 'e2e'], { env: { TMPDIR: temporary.dir } });

      await untilAUserIsMade(server);
      child.kill(signal);
      const { exitCode } = await child;

      expect(exitCode).toBe(130);
      expect(await server.users()).toEqual(before);
      expect(processesOf(temporary.dir)).toEqual([]);
      expect(readdirSync(temporary.dir).filter((name) => name.startsWith('assay'))).toEqual([]);
    },
    60_000,
  );

  test('that was killed is cleaned up by the next run', async () => {
    await using server = await startLiveServer();
    using temporary = ownFolder();
    const env = { TMPDIR: temporary.dir };
    const child = startAssay([...against(server), '--stages', 'e2e'], { env });
    await untilAUserIsRecorded(temporary.dir);
    child.kill('SIGKILL');
    await child;

    await startAssay([...against(server), '--stages', 'e2e', '--only', 'USR-LIFE-001'], { env });

    expect(await server.users()).toHaveLength(1);
    expect(processesOf(temporary.dir)).toEqual([]);
    expect(readdirSync(temporary.dir).filter((name) => name.startsWith('assay'))).toEqual([]);
  }, 60_000);
});

describe('two runs at once', () => {
  test('do not disturb each other', async () => {
    const run = () => startAssay(['verify', '--stages', 'e2e', '--only', 'USR-LIFE-001,USR-LIFE-002']);

    const codes = (await Promise.all([run(), run()])).map(({ exitCode }) => exitCode);

    expect(codes).toEqual([0, 0]);
  }, 60_000);
});
