import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TargetError } from './error.ts';
import { openClient } from './http.ts';
import { type OpenOptions, openTarget } from './open.ts';
import { findStragglers } from './stragglers.ts';

const environment = { issuer: 'http://127.0.0.1:1', audience: 'the-api' };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assay-open-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A provider of one line; `rest` is JavaScript that runs beside it, `users` what it answers. */
const serve = (rest = '', users = '"[]"') => `
  const server = require('node:http').createServer((request, response) => response.end(${users}));
  server.listen(process.env.PORT, process.env.HOST);
  ${rest}`;

const open = (script: string, limits: Pick<OpenOptions, 'readyWithinMs' | 'endWithinMs'> = {}) =>
  openTarget({ kind: 'command', command: ['node', '-e', script], cwd: dir }, { environment, dir, ...limits });

const failure = (opening: Promise<unknown>): Promise<TargetError> =>
  opening.then(
    () => {
      throw new Error('it opened');
    },
    (error) => error,
  );

/** What a target left in the run's folder and among the processes. */
const leftovers = () => ({
  folders: readdirSync(dir).filter((name) => name !== 'ledger'),
  records: existsSync(join(dir, 'ledger')) ? readdirSync(join(dir, 'ledger', 'processes')) : [],
  processes: findStragglers(dir),
});
const nothing = { folders: [], records: [], processes: [] };

describe('a command target', () => {
  test('tells the provider where to listen, what to keep data in and whom to trust', async () => {
    await using target = await open(serve('', 'JSON.stringify(process.env)'));

    const told = (await openClient(target.baseUrl).snapshot()).json();

    expect(told).toMatchObject({
      HOST: '127.0.0.1',
      PORT: new URL(target.baseUrl).port,
      DATA_DIR: expect.stringContaining(dir),
      OIDC_ISSUER: environment.issuer,
      OIDC_AUDIENCE: environment.audience,
      PATH: process.env.PATH,
    });
    expect(Object.keys(told as object).filter((name) => /^(ASSAY|JEST)_/.test(name))).toEqual([]);
  });

  test('keeps its data over a restart and shares none with another instance', async () => {
    const count = `const { appendFileSync, mkdirSync, readFileSync } = require('node:fs');
      mkdirSync(process.env.DATA_DIR, { recursive: true });
      const file = process.env.DATA_DIR + '/starts';
      appendFileSync(file, 'x');`;
    await using target = await open(serve(count, 'readFileSync(file)'));
    await target.restart();
    await target.kill();
    await target.start();
    await using other = await open(serve(count, 'readFileSync(file)'));

    expect((await openClient(target.baseUrl).snapshot()).text).toBe('xxx');
    expect((await openClient(other.baseUrl).snapshot()).text).toBe('x');
  });

  test('gives the exit code of a provider that ends on SIGTERM', async () => {
    await using target = await open(serve(`process.on('SIGTERM', () => process.exit(7))`));

    expect(await target.terminate()).toBe(7);
    expect(target.isRunning()).toBe(false);
  });

  test('answers nothing while it is paused and goes on afterwards', async () => {
    await using target = await open(serve());
    const client = openClient(target.baseUrl, { timeoutMs: 200 });

    await target.pause();
    await expect(client.snapshot()).rejects.toThrow('200ms');
    await target.resume();

    expect((await client.snapshot()).status).toBe(200);
  });

  test('shows what the provider wrote without its secrets and finds them in the raw output', async () => {
    await using target = await open(serve(`console.log('hello'); console.error('Bearer s3cret')`));

    expect(target.logs()).toMatch(/hello\n.*Bearer \[redacted\]/s);
    expect(target.hasLogged('s3cret')).toBe(true);
    expect(target.hasLogged('another')).toBe(false);
  });

  test('counts the cost of all its processes', async () => {
    const child = `require('node:child_process').spawn('node', ['-e', 'setInterval(() => {}, 1000)'])`;
    await using alone = await open(serve());
    await using withChild = await open(serve(child));

    const [one, two] = [await alone.cost(), await withChild.cost()];

    expect(one.cpuSeconds).toBeGreaterThan(0);
    expect(one.openFiles).toBeGreaterThan(3);
    expect(two.rssBytes).toBeGreaterThan(one.rssBytes * 1.3);
  });

  test('rejects what needs a running provider once it has ended', async () => {
    await using target = await open(serve());
    await target.kill();

    await expect(target.pause()).rejects.toMatchObject({ code: 'TARGET_CANNOT' });
    await expect(target.cost()).rejects.toMatchObject({ code: 'TARGET_CANNOT' });
  });
});

describe('a command target that does not get ready', () => {
  test('is not found', async () => {
    const error = await failure(
      openTarget({ kind: 'command', command: ['no-such-program'], cwd: dir }, { environment, dir }),
    );

    expect(error).toMatchObject({ code: 'TARGET_NOT_FOUND', message: expect.stringContaining('"no-such-program"') });
    expect(leftovers()).toEqual(nothing);
  });

  test('has a folder that is not there', async () => {
    const spec = { kind: 'command' as const, command: ['node'], cwd: join(dir, 'gone') };

    expect(await failure(openTarget(spec, { environment, dir }))).toMatchObject({
      code: 'TARGET_NOT_FOUND',
      message: expect.stringContaining('gone is not there'),
    });
  });

  test('dies early, which is told at once with its last words', async () => {
    const startedAt = performance.now();

    const error = await failure(open(`console.error('no database'); process.exit(3)`));

    expect(error).toMatchObject({
      code: 'TARGET_DIED',
      message: expect.stringMatching(/exit code 3 .*\n.*no database/s),
    });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(leftovers()).toEqual(nothing);
  });

  test('never answers 200, which is told with the last cause', async () => {
    const error = await failure(open(serve('', 'response.writeHead(500) && ""'), { readyWithinMs: 300 }));

    expect(error).toMatchObject({ code: 'TARGET_NEVER_READY', message: expect.stringContaining('it answered 500') });
    expect(leftovers()).toEqual(nothing);
  });

  test('never listens, which is told with the last cause', async () => {
    const error = await failure(open('setInterval(() => {}, 1000)', { readyWithinMs: 300 }));

    expect(error).toMatchObject({ code: 'TARGET_NEVER_READY', message: expect.stringContaining('ECONNREFUSED') });
    expect(leftovers()).toEqual(nothing);
  });

  test('is stopped when the caller aborts', async () => {
    const spec = { kind: 'command' as const, command: ['node', '-e', 'setInterval(() => {}, 1000)'], cwd: dir };
    const opening = failure(openTarget(spec, { environment, dir, signal: AbortSignal.timeout(200) }));

    expect(await opening).toMatchObject({ name: expect.stringMatching(/TimeoutError|AbortError/) });
    expect(leftovers()).toEqual(nothing);
  });
});

describe('disposing of a command target leaves nothing', () => {
  test.each([
    ['of a good one', ''],
    ['of one that ignores SIGTERM', `process.on('SIGTERM', () => {})`],
    ['of one with a child', `require('node:child_process').spawn('sleep', ['60'])`],
    [
      'of one whose child has left its group',
      `require('node:child_process').spawn('sleep', ['60'], { detached: true })`,
    ],
    ['of one that is paused', `setTimeout(() => process.kill(process.pid, 'SIGSTOP'), 50)`],
  ])('%s', async (_which, rest) => {
    const target = await open(serve(rest), { endWithinMs: 300 });
    const { baseUrl } = target;

    await target[Symbol.asyncDispose]();

    expect(leftovers()).toEqual(nothing);
    await expect(openClient(baseUrl).snapshot()).rejects.toThrow('ECONNREFUSED');
  });

  test('of one that has died meanwhile and left a child behind', async () => {
    const target = await open(
      serve(
        `require('node:child_process').spawn('sleep', ['60']); server.on('request', () => setTimeout(process.exit, 50, 1))`,
      ),
    );
    while (target.isRunning()) await new Promise(setImmediate);

    await target[Symbol.asyncDispose]();

    expect(leftovers()).toEqual(nothing);
  });

  test('after terminate, which rejects when the provider ignores SIGTERM', async () => {
    await using target = await open(serve(`process.on('SIGTERM', () => {})`), { endWithinMs: 200 });

    await expect(target.terminate()).rejects.toMatchObject({ code: 'TARGET_NEVER_ENDED' });

    expect(findStragglers(dir)).toEqual([]);
  });
});

describe('a URL target', () => {
  test('is attached when anything answers and can only be sent requests', async () => {
    const server = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using target = await openTarget({ kind: 'url', url: `${url}/` }, { environment, dir });

    expect(target.baseUrl).toBe(url);
    expect(target.can.size).toBe(0);
    await expect(target.restart()).rejects.toMatchObject({ code: 'TARGET_CANNOT' });
    server.close();
  });

  test('says in one line that nothing answers', async () => {
    const error = await failure(openTarget({ kind: 'url', url: 'http://127.0.0.1:9' }, { environment, dir }));

    expect(error).toBeInstanceOf(TargetError);
    expect(error.code).toBe('TARGET_UNREACHABLE');
    expect(error.message).toMatch(/^nothing answers at http:\/\/127\.0\.0\.1:9 \(.*ECONNREFUSED.*\): .*$/);
  });
});
