import { describe, expect, test } from '@jest/globals';
import { AUDIENCE, startTestIssuer } from './issuer.fixture.ts';
import { createVerifier } from './verifier.ts';

describe('the verifier', () => {
  test('answers 503 while the issuer cannot be asked', async () => {
    const verify = createVerifier({ issuer: 'http://127.0.0.1:9', audience: AUDIENCE });

    await expect(verify('a.b.c')).rejects.toMatchObject({ status: 503 });
  });

  test('recovers when the issuer is back', async () => {
    const { url, [Symbol.asyncDispose]: stop } = await startTestIssuer();
    await stop();
    const verify = createVerifier({ issuer: url, audience: AUDIENCE });
    await expect(verify('a.b.c')).rejects.toMatchObject({ status: 503 });

    await using issuer = await startTestIssuer(Number(new URL(url).port));

    await expect(verify(await issuer.sign())).resolves.toMatchObject({ subject: 'ada' });
  });

  test('refuses a key that the issuer no longer publishes to a newcomer', async () => {
    await using issuer = await startTestIssuer();
    const old = await issuer.sign();
    await issuer.rotate();
    const verify = createVerifier({ issuer: issuer.url, audience: AUDIENCE });

    await expect(verify(old)).rejects.toMatchObject({ status: 401 });
    await expect(verify(await issuer.sign())).resolves.toMatchObject({ subject: 'ada' });
  });

  test('leaves out a picture that is no address', async () => {
    await using issuer = await startTestIssuer();
    const verify = createVerifier({ issuer: issuer.url, audience: AUDIENCE });

    expect(await verify(await issuer.sign({ picture: 'not an address' }))).not.toHaveProperty('picture');
  });
});
