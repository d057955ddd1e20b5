import type { RawCheck } from './check.ts';
import { Violated } from './check.ts';
import { expectCleanJson, expectModel, expectNoSecrets, expectObject, expectServed, expectUsers } from './expect.ts';

export const disconnectChecks: readonly RawCheck[] = [
  {
    requirement: 'USR-DISC-001',
    name: 'the raw answer to a disconnect no longer holds the user',
    run: async (scene) => {
      const { id } = await scene.signIn();
      const left = expectUsers(await scene.client.disconnect(id));
      if (left.some((user) => user.id === id))
        throw new Violated(`Users without the id ${id}`, 'the user is still there');
    },
  },
  {
    requirement: 'USR-DISC-002',
    name: 'the raw answer to a disconnect holds the others, as the model has them',
    run: async (scene, { model }) => {
      const [gone, left] = await Promise.all([scene.signIn(), scene.signIn()]);
      const answer = await scene.client.disconnect(gone.id);
      expectModel(expectServed(answer), 'Users', model, () => true);
      if (!expectUsers(answer).some((user) => user.id === left.id)) {
        throw new Violated(`the user ${left.id}, who is still signed in`, 'no such user');
      }
    },
  },
  {
    requirement: 'USR-DISC-007',
    alone: true,
    name: 'the raw answer to the disconnect of the last user holds nobody, nor does the snapshot after it',
    run: async (scene, { emptyTarget }) => {
      scene.baseUrl = await emptyTarget();
      const { id } = await scene.signIn();
      expectUsers(await scene.client.snapshot()); // once it was read, a cache holds it
      for (const answer of [await scene.client.disconnect(id), await scene.client.snapshot()]) {
        const left = expectUsers(answer);
        if (left.length > 0) throw new Violated('nobody', `${left.length} users`);
        const { iterable } = expectObject(answer);
        if (iterable === null) throw new Violated('an iterable that is absent or an empty array', 'null');
      }
    },
  },
  {
    requirement: 'USR-DISC-004',
    name: 'the bytes of the answer to a disconnect are flawless JSON',
    run: async (scene) => {
      const { id } = await scene.signIn();
      expectCleanJson(await scene.client.disconnect(id));
    },
  },
  {
    requirement: 'USR-DISC-005',
    name: 'the raw answer to a disconnect has no undeclared secret',
    run: async (scene, { model }) => {
      const [{ id }] = await Promise.all([scene.signIn(), scene.signIn()]);
      expectNoSecrets(await scene.client.disconnect(id), 'Users', model);
    },
  },
];
