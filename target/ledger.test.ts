import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { Ledger } from './ledger.ts';
import { findProcess } from './process-table.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assay-ledger-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const runs = (pid: number) => findProcess(pid)?.zombie === false;
const start = (options: { detached?: boolean; env?: Record<string, string> } = {}) =>
  execa('sh', ['-c', 'sleep 60 & echo $!; wait'], { ...options, reject: false });
/** The pid of its child, which is its first word. */
const childOf = async ({ stdout }: ReturnType<typeof start>): Promise<number> =>
  Number((await once(stdout!, 'data'))[0]);

describe('Ledger.sweep', () => {
  test('kills a recorded process with its whole group and says so', async () => {
    const left = start({ detached: true });
    const child = await childOf(left);
    new Ledger(dir).recordProcess(left.pid!);

    expect((await new Ledger(dir).sweep()).processes).toEqual([left.pid]);

    expect([runs(left.pid!), runs(child)]).toEqual([false, false]);
    expect((await new Ledger(dir).sweep()).processes).toEqual([]);
  });

  test('leaves alone what was forgotten and a process that merely got the same pid', async () => {
    const [forgotten, reused] = [start({ detached: true }), start({ detached: true })];
    const ledger = new Ledger(dir);
    ledger.recordProcess(forgotten.pid!);
    ledger.forgetProcess(forgotten.pid!);
    ledger.recordProcess(reused.pid!);
    const record = join(dir, 'ledger', 'processes', `${reused.pid}.json`);
    writeFileSync(record, JSON.stringify({ pid: reused.pid, startedAt: 'before', leader: true }));

    expect((await ledger.sweep()).processes).toEqual([]);

    expect([runs(forgotten.pid!), runs(reused.pid!)]).toEqual([true, true]);
    for (const { pid } of [forgotten, reused]) process.kill(-pid!, 'SIGKILL');
  });

  test('kills what a target of the run left behind though nobody recorded it', async () => {
    const left = start({ detached: true, env: { DATA_DIR: join(dir, 'target-x', 'data') } });
    const child = await childOf(left);

    const { processes } = await new Ledger(dir).sweep();

    expect(processes.sort()).toEqual([left.pid, child].sort());
  });

  test('disconnects the recorded users that are still signed in', async () => {
    const disconnected: string[] = [];
    const server = createServer((request, response) => {
      if (request.method === 'POST') disconnected.push(request.url!);
      response.end('{"iterable":[{"id":"a/b"},{"id":"c"}]}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ledger = new Ledger(dir);
    for (const id of ['a/b', 'gone', 'c']) ledger.recordUser(id, url);
    ledger.forgetUser('c', url);
    ledger.recordUser('unreachable', 'http://127.0.0.1:9');

    const swept = await new Ledger(dir).sweep();

    expect(swept).toMatchObject({ users: ['a/b'], stillThere: [] });
    expect(disconnected).toEqual(['/users/a%2Fb/disconnect']);
    server.close();
  });
});
