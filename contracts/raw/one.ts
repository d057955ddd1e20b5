import { isDeepStrictEqual } from 'node:util';
import { CORE, DETAILS } from '../../target/profile-fields.ts';
import type { RawCheck } from './check.ts';
import { Violated } from './check.ts';
import { expectCleanJson, expectModel, expectNoSecrets, expectObject, expectUsers, isOptional } from './expect.ts';

export const oneChecks: readonly RawCheck[] = [
  {
    requirement: 'USR-ONE-004',
    name: 'the optional fields of the raw profile are as the model has them',
    run: async (scene, { model }) => {
      for (const person of scene.accounts()) {
        const { id } = await scene.signIn(person);
        expectModel(expectObject(await scene.client.one(id)), 'UserProfile', model, isOptional);
      }
    },
  },
  {
    requirement: 'USR-ONE-005',
    name: 'the raw profile equals the item of the snapshot',
    run: async (scene) => {
      const { id } = await scene.signIn();
      const one = expectObject(await scene.client.one(id));
      const item = expectUsers(await scene.client.snapshot()).find((user) => user.id === id) ?? {};
      const fields = [...CORE, ...DETAILS.filter((field) => one[field] != null && item[field] != null)];
      const [byId, listed] = [pick(one, fields), pick(item, fields)];
      if (!isDeepStrictEqual(byId, listed))
        throw new Violated(`as in the snapshot: ${JSON.stringify(listed)}`, JSON.stringify(byId));
    },
  },
  {
    requirement: 'USR-ONE-006',
    name: 'the bytes of the profile are flawless JSON',
    run: async (scene) => {
      const { id } = await scene.signIn();
      expectCleanJson(await scene.client.one(id));
    },
  },
  {
    requirement: 'USR-ONE-007',
    name: 'the raw profile has no undeclared secret',
    run: async (scene, { model }) => {
      for (const person of scene.accounts()) {
        const { id } = await scene.signIn(person);
        expectNoSecrets(await scene.client.one(id), 'UserProfile', model);
      }
    },
  },
];

const pick = (profile: Readonly<Record<string, unknown>>, fields: readonly string[]): unknown =>
  withoutReadable(Object.fromEntries(fields.map((field) => [field, profile[field] ?? null])));

/** `readable` is relative to now ("Just now..."); null is as good as absent. */
function withoutReadable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReadable);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name, member]) => name !== 'readable' && member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutReadable(member)]));
}
