import { describe, expect, test } from '@jest/globals';
import { TestContext } from '../fixtures/context.ts';
import { type SmallFault, SmallProvider } from '../fixtures/small-provider.ts';
import { Unsatisfied } from '../unsatisfied.ts';
import { expectExplainedEach, expectExplainedTogether } from './expect-explained.ts';
import { Storm } from './storm.ts';

async function weather(fault?: SmallFault): Promise<Storm> {
  await using provider = await SmallProvider.start(fault);
  await using context = new TestContext(provider.url);
  const storm = await Storm.prepare(context, context, { clients: 6, requests: 20, people: 3 });
  await storm.run(context.seed);
  await storm.readAll();
  return storm;
}

const judge = ({ history, cast }: Storm): void => {
  const people = cast.map(({ who }) => who);
  expectExplainedEach(history, people);
  expectExplainedTogether(history, people);
};

describe('a storm', () => {
  test('is explained where the provider is right', async () => {
    const storm = await weather();

    expect(() => judge(storm)).not.toThrow();
    expect(storm.history.answers).toBeGreaterThan(120);
  });

  test.each<[string, SmallFault]>([
    ['forgets a user that it answered', { forgets: (signIn) => signIn % 5 === 0 }],
    ['answers a stale snapshot', { isStale: (snapshot) => snapshot % 3 === 0 }],
    ['makes a second user of somebody', { duplicates: (signIn) => signIn % 5 === 0 }],
  ])('is not explained where the provider now and then %s', async (_name, fault) => {
    const storm = await weather(fault);

    expect(() => judge(storm)).toThrow(Unsatisfied);
  });
});
