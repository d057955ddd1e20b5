import { expect } from '@jest/globals';
import { NotOffered } from '../../support/cannot-tell.ts';
import { HEALTH, isHealthy } from '../../support/health.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-ROB-047', 'the health is plain text when it is asked for by GET', { needs: [] }, async (context) => {
  const { status, headers } = await context.client.send('GET', HEALTH);
  if (status !== 200) throw new NotOffered(`the target tells no health: ${status}`);

  expect(headers['content-type']).toMatch(/^text\/plain\s*(;|$)/i);
});

requirement(
  'USR-ROB-047',
  'the server is found when its health is asked for by HEAD',
  { needs: [] },
  async (context) => {
    if (!(await isHealthy(context.client))) throw new NotOffered('the target tells no health');

    const { status } = await context.client.send('HEAD', HEALTH);

    expect(status).toBe(200);
  },
);
