import { beforeAll, describe, expect, test } from '@jest/globals';
import { ImageRunFixture, nothing } from './image-run.fixture.ts';
import { Ledger } from './ledger.ts';
import { failureOf, serve } from './run-folder.fixture.ts';

const run = new ImageRunFixture();

describe('an image target', () => {
  let image: string;
  beforeAll(async () => {
    image = await run.build(serve());
  }, 60_000);

  test('leaves nothing when it is disposed of, even paused', async () => {
    await using target = await run.open(image);
    await target.pause();

    await target[Symbol.asyncDispose]();

    expect(await run.leftovers()).toEqual(nothing);
  }, 30_000);

  test('leaves nothing when we were killed and the run is swept', async () => {
    await run.open(image);
    await run.open(image);

    const { containers } = await new Ledger(run.dir).sweep();

    expect(containers).toHaveLength(6);
    expect(await run.leftovers()).toMatchObject({ ...nothing, folders: expect.anything() });
  }, 30_000);
});

describe('an image target that does not get ready', () => {
  test('is not there', async () => {
    const error = await failureOf(run.open('assay-test-no-such-image:1'));

    expect(error).toMatchObject({
      code: 'TARGET_NOT_FOUND',
      message: expect.stringMatching(/^cannot start the image assay-test-no-such-image:1: .*$/),
    });
    expect(await run.leftovers()).toEqual(nothing);
  }, 30_000);

  test('dies early, which is told at once with its last words', async () => {
    const image = await run.build(`console.error('no database'); process.exit(3)`);
    const startedAt = performance.now();

    const error = await failureOf(run.open(image));

    expect(error).toMatchObject({
      code: 'TARGET_DIED',
      message: expect.stringMatching(/exit code 3 .*\n.*no database/s),
    });
    expect(performance.now() - startedAt).toBeLessThan(8000);
    expect(await run.leftovers()).toEqual(nothing);
  }, 30_000);

  test('never answers 200, which is told with the last cause', async () => {
    const image = await run.build(serve('', 'response.writeHead(500) && ""'));

    const error = await failureOf(run.open(image, { readyWithinMs: 6000 }));

    expect(error).toMatchObject({ code: 'TARGET_NEVER_READY', message: expect.stringContaining('it answered 500') });
    expect(await run.leftovers()).toEqual(nothing);
  }, 30_000);
});
