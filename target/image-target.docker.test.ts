import { beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { SESSION_LABEL } from './container-runtime.ts';
import { openClient } from './http.ts';
import { ImageRunFixture } from './image-run.fixture.ts';
import { serve } from './run-folder.fixture.ts';

const run = new ImageRunFixture();
/** What the provider of these tests holds, in bytes: far more than Node itself has of its own when it does nothing. */
const HELD = 64 * 1024 ** 2;

describe('an image target', () => {
  let image: string;
  beforeAll(async () => {
    image = await run.build(
      serve(
        `globalThis.held = Buffer.alloc(${HELD}, 1); process.on('SIGTERM', () => process.exit(7)); require('node:fs').appendFileSync(process.env.DATA_DIR + '/starts', 'x'); console.log('Bearer s3cret')`,
        `require('node:fs').readFileSync(process.env.DATA_DIR + '/starts')`,
      ),
    );
  }, 60_000);

  test('keeps its data over restart and kill, on another port each time, and shares none', async () => {
    await using target = await run.open(image);
    const first = target.baseUrl;
    await target.restart();
    await target.kill();
    await expect(openClient(target.baseUrl).snapshot()).rejects.toThrow();
    await target.start();
    await using other = await run.open(image);

    expect((await openClient(target.baseUrl).snapshot()).text).toBe('xxx');
    expect((await openClient(other.baseUrl).snapshot()).text).toBe('x');
    expect(target.baseUrl).not.toBe(first);
  }, 60_000);

  test('is reached over the loopback interface only', async () => {
    await using target = await run.open(image);
    const { stdout } = await execa('docker', [
      'ps',
      '--filter',
      `label=${SESSION_LABEL}=${run.session}`,
      '--format',
      '{{.Ports}}',
    ]);

    expect(stdout).toBe(`127.0.0.1:${new URL(target.baseUrl).port}->8080/tcp`);
  }, 30_000);

  test('tells its exit code, its cost and its output', async () => {
    await using target = await run.open(image);
    const cost = await target.cost();

    expect(await target.terminate()).toBe(7);
    expect(target.isRunning()).toBe(false);
    expect(cost).toEqual({
      cpuSeconds: expect.any(Number),
      rssBytes: expect.any(Number),
      openFiles: expect.any(Number),
    });
    expect(cost.rssBytes).toBeGreaterThan(HELD);
    expect(cost.rssBytes).toBeLessThan(4 * HELD);
    expect(target.logs()).toBe('Bearer [redacted]\n');
    expect(target.hasLogged('s3cret')).toBe(true);
    await expect(target.storedFiles()).resolves.toEqual([
      { name: 'starts', path: '/assay/data/starts', bytes: Buffer.from('x') },
    ]);
  }, 30_000);

  test('answers nothing while it is paused and goes on afterwards', async () => {
    await using target = await run.open(image);
    const client = openClient(target.baseUrl, { timeoutMs: 500 });

    await target.pause();
    await expect(client.snapshot()).rejects.toThrow('500ms');
    await target.resume();

    expect((await client.snapshot()).status).toBe(200);
  }, 30_000);
});
