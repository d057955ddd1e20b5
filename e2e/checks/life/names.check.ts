import { expect } from '@jest/globals';
import fc from 'fast-check';
import { profileUnlessRefused } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { anyName, NAMES_LIKE_CODE, NAMES_OF_MANY_SCRIPTS, spelt } from '../../support/names.ts';
import { holdsForAll } from '../../support/property.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-LIFE-022', 'the name is that of the token when it is of any script', {}, (context) =>
  expectKept(context, NAMES_OF_MANY_SCRIPTS),
);

requirement('USR-LIFE-022', 'the name is that of the token when it is drawn', {}, (context) =>
  holdsForAll(context, fc.array(anyName(40), { minLength: 1, maxLength: 30 }), { runs: 5 }, (names) =>
    expectKept(context, names),
  ),
);

requirement('USR-LIFE-023', 'the name is that of the token when it looks like code', {}, (context) =>
  expectKept(context, NAMES_LIKE_CODE),
);

requirement('USR-LIFE-023', 'the name is that of the token when it looks like code and comes again', {}, (context) =>
  expectKept(context, NAMES_LIKE_CODE, 2),
);

requirement('USR-LIFE-024', 'the name is whole, left out or refused when it is long', {}, (context) =>
  expectNotCut(
    context,
    [64, 65, 100, 128, 129, 255, 256, 257, 500].map((length) => 'Ada'.padEnd(length, 'x')),
  ),
);

requirement(
  'USR-LIFE-024',
  'the name is whole, left out or refused when it is long and of four bytes a character',
  {},
  (context) =>
    expectNotCut(
      context,
      [16, 63, 64, 85, 128, 250].map((length) => '𝒜'.repeat(length)),
    ),
);

requirement(
  'USR-LIFE-024',
  'the name is whole, left out or refused when many long ones make the list long',
  {},
  (context) =>
    expectNotCut(
      context,
      // Wherever a buffer ends, it ends within a letter of one of them.
      Array.from({ length: 100 }, (_, at) => `${'x'.repeat(at % 4)}${'語é𝒜'.repeat(80)}`),
    ),
);

requirement('USR-LIFE-025', 'the name is whole, left out or refused when it has control characters', {}, (context) =>
  expectNotCut(
    context,
    CONTROLS.map((control) => `Ada${control}Lovelace`),
  ),
);

/** All of C0 (NUL, line breaks and escape among them), DEL, and of C1 the next line. */
const CONTROLS = [...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)), '\u007F', '\u0085', '\u2028'];

async function expectKept(context: Context, names: readonly string[], signIns = 1): Promise<void> {
  const kept = await readBack(context, names, signIns);

  expect(kept).toEqual(names.map(spelt));
}

/** Who refuses such a name shows none, or signs nobody in by it. */
async function expectNotCut(context: Context, names: readonly string[]): Promise<void> {
  const kept = await readBack(context, names);

  const isRefused = (found: unknown): boolean => found === REFUSED || found === undefined;
  expect(kept).toEqual(names.map((name, index) => (isRefused(kept[index]) ? kept[index] : spelt(name))));
}

/** Signs somebody in under each name, so often; the names by id (both, where the snapshot has another), or that sign-in was refused. */
async function readBack(context: Context, names: readonly string[], signIns = 1): Promise<unknown[]> {
  const { profile: plain } = await context.signIn();
  if (plain.name === undefined) throw new NotOffered('the target sends no name');
  const found = await Promise.all(
    names.map(async (name) => {
      const person = context.newPerson({ name });
      for (let before = 1; before < signIns; before += 1)
        profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(person)));
      const profile = profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(person)));
      return profile ? context.user(profile.id) : undefined;
    }),
  );
  const shown = new Map((await context.users()).map((user) => [user.id, spelt(user.name)]));
  return found.map((user) => {
    if (!user) return REFUSED;
    const byId = spelt(user.name);
    return shown.get(user.id) === byId ? byId : { byId, inSnapshot: shown.get(user.id) };
  });
}

const REFUSED = Symbol('refused');
