import { isRefused, profileOf } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** One in 256 signatures begins with a zero byte, one in two with a high bit. */
const TOKENS = 40;

requirement(
  'USR-ID-030',
  'all tokens of ES256 sign in when one of them does',
  { needs: ['forge'], timeoutMs: 60_000 },
  async (context) => {
    const person = context.newPerson();
    await context.signIn(person);
    const tokens = await times(TOKENS, () => context.mint.signIn(person, { alg: 'ES256' }));

    const statuses: number[] = [];
    for (const token of tokens) {
      const answer = await context.client.authenticate(token);
      if (!isRefused(answer)) profileOf(answer);
      statuses.push(answer.status);
    }

    const refused = statuses.filter((status) => status !== 200).length;
    if (refused > 0 && refused < TOKENS)
      throw new Unsatisfied(
        `all of ${TOKENS} good tokens of ES256 signed in, or none`,
        `${refused} refused (status ${[...new Set(statuses)].join(', ')})`,
      );
  },
);
