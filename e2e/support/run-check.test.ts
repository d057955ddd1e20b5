import { describe, expect, test } from '@jest/globals';
import type { Mint } from '../../target/mint.ts';
import { profileUnlessRefused } from './answers.ts';
import { TestContext } from './fixtures/context.ts';
import { type SmallFault, SmallProvider } from './fixtures/small-provider.ts';
import { type Check, runCheck } from './run-check.ts';

const CHECK: Check = {
  requirement: 'USR-LIFE-001',
  name: 'is there',
  needs: ['claims'],
  timeoutMs: 10_000,
  once: false,
  run: async (context) => {
    const { profile } = await context.signIn();
    await context.user(profile.id);
  },
};

/** The outcome of the check on this provider, and who is left in it. */
async function tryCheck(check: Check, fault?: SmallFault) {
  await using provider = await SmallProvider.start(fault);
  await using context = new TestContext(provider.url);
  const mint = async (): Promise<Mint> => context.mint;
  const result = await runCheck(check, context.session, mint);
  return { result, left: await context.users() };
}

describe('runCheck', () => {
  test('passes a good provider and leaves nobody behind', async () => {
    const { result, left } = await tryCheck(CHECK);

    expect(result).toMatchObject({ requirement: 'USR-LIFE-001', outcome: 'pass' });
    expect(left).toEqual([]);
  });

  test('fails a bad provider with the exchange that shows it', async () => {
    const { result } = await tryCheck(CHECK, { forgets: () => true });

    expect(result).toMatchObject({
      outcome: 'fail',
      expected: 'status 200',
      actual: expect.stringMatching(/^status 404/),
    });
    expect(result.evidence?.exchanges?.at(-1)).toMatchObject({ method: 'GET', status: 404 });
  });

  test('says flaky where only the first run failed', async () => {
    const { result } = await tryCheck(CHECK, { forgets: (signIn) => signIn === 1 });

    expect(result).toMatchObject({ outcome: 'error', flaky: true });
  });

  test('fails at once where one run is proof', async () => {
    const { result } = await tryCheck({ ...CHECK, once: true }, { forgets: (signIn) => signIn === 1 });

    expect(result).toMatchObject({ outcome: 'fail' });
  });

  test('leaves nobody behind where the check failed after sign-in', async () => {
    const { result, left } = await tryCheck({
      ...CHECK,
      run: async (context) => {
        const { profile } = await context.signIn();
        profileUnlessRefused(await context.client.one(profile.id));
        throw new TypeError('a bug');
      },
    });

    expect({ outcome: result.outcome, left }).toEqual({ outcome: 'error', left: [] });
  });

  test('skips what the target cannot do', async () => {
    const { result } = await tryCheck({ ...CHECK, needs: ['kill', 'forge'] });

    expect(result).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('kill, forge') });
  });
});
