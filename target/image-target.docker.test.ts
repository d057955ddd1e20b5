import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { SESSION_LABEL } from './container-runtime.ts';
import { openClient } from './http.ts';
import { startIssuer } from './issuer.ts';
import { Ledger } from './ledger.ts';
import { openMint } from './mint.ts';
import { type OpenOptions, openTarget } from './open.ts';
import { buildPerson } from './person.ts';
import { reachFrom } from './reach.ts';

// Run by `npm run test:docker`. The base image is the one that Node publishes, or NODE_IMAGE where no registry answers.
const NODE_IMAGE = process.env.NODE_IMAGE ?? 'node:24-bookworm-slim';
const environment = { issuer: 'http://127.0.0.1:1', audience: 'the-api' };
const images: string[] = [];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assay-image-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
afterAll(() => execa('docker', ['rmi', '--force', ...images]));

/** Builds an image that runs this script as its first process, as a user who is not root. */
async function build(script: string): Promise<string> {
  const image = `assay-test-${crypto.randomUUID()}`;
  const dockerfile = `FROM ${NODE_IMAGE}\nUSER node\nCMD ${JSON.stringify(['node', '-e', script])}\n`;
  await execa('docker', ['build', '--quiet', '--tag', image, '-'], { input: dockerfile });
  images.push(image);
  return image;
}

const serve = (rest = '', users = '"[]"') =>
  `const server = require('node:http').createServer((request, response) => response.end(${users})).listen(process.env.PORT, process.env.HOST); ${rest}`;

const open = (image: string, limits: Pick<OpenOptions, 'readyWithinMs' | 'endWithinMs'> = {}) =>
  openTarget({ kind: 'image', image }, { environment, dir, ...limits });

/** What of this run is left in the container runtime and in its folder. */
async function leftovers() {
  const filter = ['--quiet', '--filter', `label=${SESSION_LABEL}=${basename(dir)}`];
  const list = async (...what: string[]) => (await execa('docker', [...what, ...filter])).stdout;
  return {
    containers: await list('ps', '--all'),
    networks: await list('network', 'ls'),
    volumes: await list('volume', 'ls'),
    folders: readdirSync(dir).filter((name) => name !== 'ledger'),
  };
}
const nothing = { containers: '', networks: '', volumes: '', folders: [] };

describe('an image target', () => {
  let image: string;
  beforeAll(async () => {
    image = await build(
      serve(
        `process.on('SIGTERM', () => process.exit(7)); require('node:fs').appendFileSync(process.env.DATA_DIR + '/starts', 'x'); console.log('Bearer s3cret')`,
        `require('node:fs').readFileSync(process.env.DATA_DIR + '/starts')`,
      ),
    );
  }, 60_000);

  test('keeps its data over restart and kill, on another port each time, and shares none', async () => {
    await using target = await open(image);
    const first = target.baseUrl;
    await target.restart();
    await target.kill();
    await expect(openClient(target.baseUrl).snapshot()).rejects.toThrow();
    await target.start();
    await using other = await open(image);

    expect((await openClient(target.baseUrl).snapshot()).text).toBe('xxx');
    expect((await openClient(other.baseUrl).snapshot()).text).toBe('x');
    expect(target.baseUrl).not.toBe(first);
  }, 60_000);

  test('is reached over the loopback interface only', async () => {
    await using target = await open(image);
    const { stdout } = await execa('docker', [
      'ps',
      '--filter',
      `label=${SESSION_LABEL}=${basename(dir)}`,
      '--format',
      '{{.Ports}}',
    ]);

    expect(stdout).toBe(`127.0.0.1:${new URL(target.baseUrl).port}->8080/tcp`);
  }, 30_000);

  test('tells its exit code, its cost and its output', async () => {
    await using target = await open(image);
    const cost = await target.cost();

    expect(await target.terminate()).toBe(7);
    expect(target.isRunning()).toBe(false);
    expect(cost).toEqual({
      cpuSeconds: expect.any(Number),
      rssBytes: expect.any(Number),
      openFiles: expect.any(Number),
    });
    expect(cost.rssBytes).toBeGreaterThan(10_000_000);
    expect(target.logs()).toBe('Bearer [redacted]\n');
    expect(target.hasLogged('s3cret')).toBe(true);
  }, 30_000);

  test('answers nothing while it is paused and goes on afterwards', async () => {
    await using target = await open(image);
    const client = openClient(target.baseUrl, { timeoutMs: 500 });

    await target.pause();
    await expect(client.snapshot()).rejects.toThrow('500ms');
    await target.resume();

    expect((await client.snapshot()).status).toBe(200);
  }, 30_000);

  test('leaves nothing when it is disposed of, even paused', async () => {
    await using target = await open(image);
    await target.pause();

    await target[Symbol.asyncDispose]();

    expect(await leftovers()).toEqual(nothing);
  }, 30_000);

  test('leaves nothing when we were killed and the run is swept', async () => {
    await open(image);
    await open(image);

    const { containers } = await new Ledger(dir).sweep();

    expect(containers).toHaveLength(6);
    expect(await leftovers()).toMatchObject({ ...nothing, folders: expect.anything() });
  }, 30_000);

  test('reaches an issuer of ours', async () => {
    const { issuer, audience } = await fetchedThroughContainer();

    expect(issuer).toBe(audience);
  }, 60_000);
});

/** The issuer's own name for itself, and the same as a container reads it. */
async function fetchedThroughContainer(): Promise<{ issuer: unknown; audience: unknown }> {
  const spec = {
    kind: 'image' as const,
    image: await build(
      serve(
        `let seen; fetch(process.env.OIDC_ISSUER + '/.well-known/openid-configuration').then((r) => r.json()).then((d) => { seen = d.issuer; });`,
        'String(seen)',
      ),
    ),
  };
  await using issuer = await startIssuer(await reachFrom(spec));
  await using target = await openTarget(spec, { environment: { issuer: issuer.url, audience: issuer.audience }, dir });
  const client = openClient(target.baseUrl);
  let seen = 'undefined';
  while (seen === 'undefined') seen = (await client.snapshot()).text;
  return { issuer: seen, audience: issuer.url };
}

describe('an image target that does not get ready', () => {
  const failure = (opening: Promise<unknown>) =>
    opening.then(
      () => 'it opened',
      (error) => error,
    );

  test('is not there', async () => {
    const error = await failure(open('assay-test-no-such-image:1'));

    expect(error).toMatchObject({
      code: 'TARGET_NOT_FOUND',
      message: expect.stringMatching(/^cannot start the image assay-test-no-such-image:1: .*$/),
    });
    expect(await leftovers()).toEqual(nothing);
  }, 30_000);

  test('dies early, which is told at once with its last words', async () => {
    const image = await build(`console.error('no database'); process.exit(3)`);
    const startedAt = performance.now();

    const error = await failure(open(image));

    expect(error).toMatchObject({
      code: 'TARGET_DIED',
      message: expect.stringMatching(/exit code 3 .*\n.*no database/s),
    });
    expect(performance.now() - startedAt).toBeLessThan(8000);
    expect(await leftovers()).toEqual(nothing);
  }, 30_000);

  test('never answers 200, which is told with the last cause', async () => {
    const image = await build(serve('', 'response.writeHead(500) && ""'));

    const error = await failure(open(image, { readyWithinMs: 1500 }));

    expect(error).toMatchObject({ code: 'TARGET_NEVER_READY', message: expect.stringContaining('it answered 500') });
    expect(await leftovers()).toEqual(nothing);
  }, 30_000);
});

describe('the image of the reference provider', () => {
  test('signs in, keeps its user over a kill, and leaves nothing', async () => {
    const image = process.env.ASSAY_PROVIDER_IMAGE ?? 'assay/provider';
    const spec = { kind: 'image' as const, image };
    await using issuer = await startIssuer(await reachFrom(spec));
    const mint = await openMint(issuer.source);
    await using target = await openTarget(spec, {
      environment: { issuer: issuer.url, audience: issuer.audience },
      dir,
    });
    const client = openClient(() => target.baseUrl);
    const { status, text } = await client.authenticate(await mint.signIn(buildPerson('abcd1234')));
    await target.kill();
    await target.start();

    expect(status).toBe(200);
    expect((await client.one(JSON.parse(text).id)).json()).toEqual(JSON.parse(text));
    expect(await target.terminate()).toBe(0);
    await target[Symbol.asyncDispose]();
    expect(await leftovers()).toEqual(nothing);
  }, 60_000);
});
