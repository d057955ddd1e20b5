import { describe, expect, test } from '@jest/globals';
import { openClient } from './http.ts';
import { ImageRunFixture, nothing } from './image-run.fixture.ts';
import { startIssuer } from './issuer.ts';
import { openMint } from './mint.ts';
import { openTarget } from './open.ts';
import { buildPerson } from './person.ts';
import { reachFrom } from './reach.ts';

const run = new ImageRunFixture();

describe('the image of the reference provider', () => {
  test('signs in, keeps its user over a kill, and leaves nothing', async () => {
    const image = process.env.ASSAY_PROVIDER_IMAGE ?? 'assay/provider';
    const spec = { kind: 'image' as const, image };
    await using issuer = await startIssuer(await reachFrom(spec));
    const mint = await openMint(issuer.source);
    await using target = await openTarget(spec, {
      environment: { issuer: issuer.url, audience: issuer.audience },
      dir: run.dir,
    });
    const client = openClient(() => target.baseUrl);
    const { status, text } = await client.authenticate(await mint.signIn(buildPerson('abcd1234')));
    await target.kill();
    await target.start();

    expect(status).toBe(200);
    expect((await client.one(JSON.parse(text).id)).json()).toEqual(JSON.parse(text));
    expect(await target.terminate()).toBe(0);
    await target[Symbol.asyncDispose]();
    expect(await run.leftovers()).toEqual(nothing);
  }, 60_000);
});
