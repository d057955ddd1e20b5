import { profileUnlessRefused, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import type { Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { canary } from '../../support/secrets.ts';
import { expectUnchanged, showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** What a provider says itself of a user: no claim is called so, and none stands for it. */
const ITS_OWN = ['aesthetics', 'created', 'updated', 'schema'] as const;

requirement(
  'USR-SEC-076',
  'a user has an id, times and looks of its own when claims are named like them',
  { needs: ['claims'] },
  async (context) => {
    const victim = (await context.signIn()).profile;
    const value = canary();
    const claims = { ...Object.fromEntries(ITS_OWN.map((member) => [member, value])), id: victim.id };
    const token = await context.mint.signIn(context.newPerson(), { claims });

    for (const profile of await profilesOf(context, token, victim)) {
      const taken = ITS_OWN.find((member) => JSON.stringify(profile[member] ?? '').includes(value));
      if (taken) throw new Unsatisfied(`${taken} as the provider has it`, JSON.stringify(profile[taken]).slice(0, 300));
    }
  },
);

requirement('USR-SEC-077', 'nothing of a body but its tokens is in a profile', {}, async (context) => {
  const victim = (await context.signIn()).profile;
  const value = canary();
  const said = {
    name: value,
    nickname: value,
    username: value,
    vanityname: value,
    email: `${value}@example.com`,
    picture: `https://example.com/${value}.png`,
    aesthetics: { theme: { dark: true }, font: { size: 12 }, own: value },
  };
  const token = await context.mint.signIn(context.newPerson());

  for (const more of [said, { ...said, id: victim.id }, { user: { ...said, id: victim.id }, profile: said }])
    for (const profile of await profilesOf(context, { ...token, ...more }, victim))
      if (JSON.stringify(profile).includes(value))
        throw new Unsatisfied('a profile of what the tokens say', JSON.stringify(profile).slice(0, 300));
});

/** Signs somebody in beside a user who must stay as it was, and resolves to the profiles that are told of the one who came: none where it was refused. */
async function profilesOf(context: Context, body: object, victim: Profile): Promise<Profile[]> {
  const { client } = context;
  const answer = await client.send('POST', '/users/authenticate/from_token', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await expectUnchanged(context, victim, 'a sign-in that names its id', answer);
  const profile = profileUnlessRefused(answer);
  if (!profile) return [];
  context.remember(profile.id);
  if (profile.id === victim.id) {
    showLast(context, answer);
    throw new Unsatisfied('an id of its own', `the id of somebody else: ${profile.id}`);
  }
  const one = await context.user(profile.id);
  const listed = usersOf(await client.snapshot()).filter(({ id }) => id === profile.id);
  return [profile, one, ...listed];
}
