import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { readStageResult } from '../target/protocol/result.ts';
import type { Session } from '../target/protocol/session.ts';
import { type Respond, StubProvider, sendJson } from './verification/stub-provider.ts';

// Each of these starts processes; a machine that is busy otherwise takes its time over that.
jest.setTimeout(60_000);

const PROGRAM = new URL('./stage.ts', import.meta.url).pathname;

describe('the contracts stage', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'assay-stage-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  /** Writes a session that has no tokens and gives the environment that the gate starts the stage with. */
  async function prepare(baseUrl: string, declared: string[], options: Session['options'] = {}) {
    const session: Session = {
      id: 'test0000',
      dir,
      profile: 'standard',
      declared: { contracts: declared, e2e: [], load: [] },
      target: { spec: { kind: 'url', url: baseUrl }, baseUrl, can: [] },
      tokens: { kind: 'none' },
      options,
    };
    const file = join(dir, 'session.json');
    await writeFile(file, JSON.stringify(session));
    return { ASSAY_SESSION: file, PACT_BROKER_BASE_URL: '' };
  }

  const start = (env: Record<string, string>) =>
    execa(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], { env, reject: false });

  const readResult = () => readStageResult(join(dir, 'contracts.result.json'));

  test('reports the declared requirements and no others', async () => {
    await using provider = await StubProvider.start(sendJson(404, {}));

    await start(await prepare(provider.url, ['USR-ONE-002', 'USR-SNAP-006']));

    const { checks, session } = await readResult();
    expect({ session, ids: [...new Set(checks.map(({ requirement }) => requirement))].sort() }).toEqual({
      session: 'test0000',
      ids: ['USR-ONE-002', 'USR-SNAP-006'],
    });
  });

  test('skips, with the reason, what needs tokens that nobody gives', async () => {
    await using provider = await StubProvider.start(sendJson(200, {}));

    await start(await prepare(provider.url, ['USR-SNAP-006']));

    expect((await readResult()).checks).toMatchObject([
      { outcome: 'skipped', reason: 'the source of tokens gives no tokens' },
    ]);
  });

  test('gives no result for a target that does not answer', async () => {
    const { exitCode, stderr } = await start(await prepare('http://127.0.0.1:9', ['USR-SNAP-006']));

    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('ECONNREFUSED') });
    expect(existsSync(join(dir, 'contracts.result.json'))).toBe(false);
  });

  test('gives no result for a contract profile that does not exist', async () => {
    const { exitCode, stderr } = await start(
      await prepare('http://127.0.0.1:9', [], { contracts: { contractProfile: '0.1' } }),
    );

    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('no contract profile "0.1": it is one of 5.0'),
    });
  });

  test('ends on SIGTERM without a result and leaves no process', async () => {
    const asked = Promise.withResolvers<void>();
    const hang: Respond = (request, response) => {
      if (request.url === '/users') sendJson(200, {})(request, response);
      else asked.resolve(); // the verifier has started
    };
    await using provider = await StubProvider.start(hang);

    const stage = start(await prepare(provider.url, ['USR-ONE-002']));
    await asked.promise;
    stage.kill('SIGTERM');
    const { exitCode } = await stage;

    expect(exitCode).toBe(1);
    expect(existsSync(join(dir, 'contracts.result.json'))).toBe(false);
    expect(readdirSync(join(dir, 'ledger', 'processes'))).toEqual([]);
  });
});
