import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openClient } from './http.ts';
import { openTarget } from './open.ts';
import { environment, failureOf, nothing, RunFolderFixture, serve } from './run-folder.fixture.ts';
import { findTargetProcesses } from './stragglers.ts';

const run = new RunFolderFixture();

describe('a command target that does not get ready', () => {
  test('is not found', async () => {
    const error = await failureOf(
      openTarget({ kind: 'command', command: ['no-such-program'], cwd: run.dir }, { environment, dir: run.dir }),
    );

    expect(error).toMatchObject({ code: 'TARGET_NOT_FOUND', message: expect.stringContaining('"no-such-program"') });
    expect(run.leftovers()).toEqual(nothing);
  });

  test('has a folder that is not there', async () => {
    const spec = { kind: 'command' as const, command: ['node'], cwd: join(run.dir, 'gone') };

    expect(await failureOf(openTarget(spec, { environment, dir: run.dir }))).toMatchObject({
      code: 'TARGET_NOT_FOUND',
      message: expect.stringContaining('gone is not there'),
    });
  });

  test('dies early, which is told at once with its last words', async () => {
    const startedAt = performance.now();

    const error = await failureOf(run.open(`console.error('no database'); process.exit(3)`));

    expect(error).toMatchObject({
      code: 'TARGET_DIED',
      message: expect.stringMatching(/exit code 3 .*\n.*no database/s),
    });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(run.leftovers()).toEqual(nothing);
  });

  test('never listens, which is told with the last cause', async () => {
    const error = await failureOf(run.open('setInterval(() => {}, 1000)', { readyWithinMs: 300 }));

    expect(error).toMatchObject({ code: 'TARGET_NEVER_READY', message: expect.stringContaining('ECONNREFUSED') });
    expect(run.leftovers()).toEqual(nothing);
  });

  test('is stopped when the caller aborts', async () => {
    const spec = { kind: 'command' as const, command: ['node', '-e', 'setInterval(() => {}, 1000)'], cwd: run.dir };
    const opening = failureOf(openTarget(spec, { environment, dir: run.dir, signal: AbortSignal.timeout(200) }));

    expect(await opening).toMatchObject({ name: expect.stringMatching(/TimeoutError|AbortError/) });
    expect(run.leftovers()).toEqual(nothing);
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
  ])('%s', async (_which, rest) => {
    const target = await run.open(serve(rest), { endWithinMs: 300 });
    const { baseUrl } = target;

    await target[Symbol.asyncDispose]();

    expect(run.leftovers()).toEqual(nothing);
    await expect(openClient(baseUrl).snapshot()).rejects.toThrow('ECONNREFUSED');
  });

  test('of one that is paused', async () => {
    const target = await run.open(serve());
    await target.pause();

    await target[Symbol.asyncDispose]();

    expect(run.leftovers()).toEqual(nothing);
  });

  test('of one that has died meanwhile and left a child behind', async () => {
    const target = await run.open(
      serve(
        `require('node:child_process').spawn('sleep', ['60']); server.on('request', () => setTimeout(process.exit, 50, 1))`,
      ),
    );
    while (target.isRunning()) await new Promise(setImmediate);

    await target[Symbol.asyncDispose]();

    expect(run.leftovers()).toEqual(nothing);
  });

  test('after terminate, which rejects when the provider ignores SIGTERM', async () => {
    await using target = await run.open(serve(`process.on('SIGTERM', () => {})`), { endWithinMs: 200 });

    await expect(target.terminate()).rejects.toMatchObject({ code: 'TARGET_NEVER_ENDED' });

    expect(findTargetProcesses(run.dir)).toEqual([]);
  });
});
