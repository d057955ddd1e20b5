import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openClient } from './http.ts';
import { environment, RunFolderFixture, serve } from './run-folder.fixture.ts';

const run = new RunFolderFixture();

describe('a command target', () => {
  test('tells the provider where to listen, what to keep data in and whom to trust', async () => {
    await using target = await run.open(serve('', 'JSON.stringify(process.env)'));

    const told = (await openClient(target.baseUrl).snapshot()).json();

    expect(told).toMatchObject({
      HOST: '127.0.0.1',
      PORT: new URL(target.baseUrl).port,
      DATA_DIR: expect.stringContaining(run.dir),
      TMPDIR: expect.stringContaining(run.dir),
      OIDC_ISSUER: environment.issuer,
      OIDC_AUDIENCE: environment.audience,
      PATH: process.env.PATH,
    });
    expect(Object.keys(told as object).filter((name) => /^(ASSAY|JEST)_/.test(name))).toEqual([]);
  });

  test('keeps its data over a restart and shares none with another instance', async () => {
    const count = `const { appendFileSync, readFileSync } = require('node:fs');
      const file = process.env.DATA_DIR + '/starts';
      appendFileSync(file, 'x');`;
    await using target = await run.open(serve(count, 'readFileSync(file)'));
    await target.restart();
    await target.kill();
    await target.start();
    await using other = await run.open(serve(count, 'readFileSync(file)'));

    expect((await openClient(target.baseUrl).snapshot()).text).toBe('xxx');
    expect((await openClient(other.baseUrl).snapshot()).text).toBe('x');
  });

  test('takes with its folder what a killed provider left in the temporary one', async () => {
    const leave = `require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/left-');`;
    await using target = await run.open(serve(leave));
    await target.kill();

    expect(readdirSync(join(run.dir, 'tmp'))).toEqual([expect.stringMatching(/^left-/)]);
  });

  test('gives the exit code of a provider that ends on SIGTERM', async () => {
    await using target = await run.open(serve(`process.on('SIGTERM', () => process.exit(7))`));

    expect(await target.terminate()).toBe(7);
    expect(target.isRunning()).toBe(false);
  });

  test('leaves it to a supervisor how its workers end', async () => {
    const worker = `process.on('SIGTERM', () => process.exit(1)); process.on('SIGUSR2', () => { console.log('gracefully'); process.exit() });
      process.send('up'); setInterval(() => {}, 1000)`;
    await using target = await run.open(
      `const worker = require('node:child_process').spawn('node', ['-e', ${JSON.stringify(worker)}], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
       process.on('SIGTERM', () => setTimeout(() => worker.kill('SIGUSR2'), 100));
       worker.on('exit', process.exit);
       worker.once('message', () => { ${serve()} });`,
    );

    expect(await target.terminate()).toBe(0);
    expect(target.hasLogged('gracefully')).toBe(true);
  });

  test.each([
    ['has ended', ''],
    ['keeps it to itself', `process.on('SIGTERM', () => {});`],
  ])('asks the child of a wrapper to end when that %s', async (_what, wrapper) => {
    const child = `${serve()}; process.on('SIGTERM', () => { console.log('gracefully'); process.exit() })`;
    await using target = await run.open(
      `${wrapper} require('node:child_process').spawn('node', ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }).on('exit', () => process.exit());`,
      { endWithinMs: 4_000 },
    );

    await target.terminate();

    expect(target.hasLogged('gracefully')).toBe(true);
  });

  test('does not ask twice who is slow to end: many servers drop everything then', async () => {
    const slow = `process.once('SIGTERM', () => setTimeout(() => { console.log('gracefully'); process.exit(); }, 3_500));`;
    await using target = await run.open(serve(slow), { endWithinMs: 6_000 });

    expect(await target.terminate()).toBe(0);
    expect(target.hasLogged('gracefully')).toBe(true);
  });

  test('answers nothing while it is paused and goes on afterwards', async () => {
    await using target = await run.open(serve());
    const client = openClient(target.baseUrl, { timeoutMs: 200 });

    await target.pause();
    await expect(client.snapshot()).rejects.toThrow('200ms');
    await target.resume();

    expect((await client.snapshot()).status).toBe(200);
  });

  test('shows what the provider wrote without its secrets and finds them in the raw output', async () => {
    await using target = await run.open(serve(`console.log('hello'); console.error('Bearer s3cret')`));

    expect(target.logs()).toMatch(/hello\n.*Bearer \[redacted\]/s);
    expect(target.hasLogged('s3cret')).toBe(true);
    expect(target.hasLogged('another')).toBe(false);
  });

  test('shows the files that the provider keeps', async () => {
    const keep = `const { mkdirSync, writeFileSync } = require('node:fs');
      const folder = process.env.DATA_DIR + '/in/a/folder';
      mkdirSync(folder, { recursive: true });
      writeFileSync(folder + '/file', 'kept');`;
    await using target = await run.open(serve(keep));
    await using empty = await run.open(serve());

    const path = expect.stringMatching(/^\/.+\/in\/a\/folder\/file$/);
    await expect(target.storedFiles()).resolves.toEqual([
      { name: 'in/a/folder/file', path, bytes: Buffer.from('kept') },
    ]);
    await expect(empty.storedFiles()).resolves.toEqual([]);
  });

  test('counts the cost of all its processes', async () => {
    const child = `require('node:child_process').spawn('node', ['-e', 'setInterval(() => {}, 1000)'])`;
    await using alone = await run.open(serve());
    await using withChild = await run.open(serve(child));

    const [one, two] = [await alone.cost(), await withChild.cost()];

    expect(one.cpuSeconds).toBeGreaterThan(0);
    expect(one.openFiles).toBeGreaterThan(3);
    expect(two.rssBytes).toBeGreaterThan(one.rssBytes * 1.3);
  });

  test('rejects what needs a running provider once it has ended', async () => {
    await using target = await run.open(serve());
    await target.kill();

    await expect(target.pause()).rejects.toMatchObject({ code: 'TARGET_CANNOT' });
    await expect(target.cost()).rejects.toMatchObject({ code: 'TARGET_CANNOT' });
  });
});
