import type { RawCheck } from './check.ts';
import { Violated } from './check.ts';
import {
  expectCleanJson,
  expectModel,
  expectNoSecrets,
  expectServed,
  expectUsers,
  isOptional,
  isRequired,
} from './expect.ts';

export const snapshotChecks: readonly RawCheck[] = [
  {
    requirement: 'USR-SNAP-001',
    name: 'the raw snapshot is a Users object that holds the user that has signed in',
    run: async (scene) => {
      const { id } = await scene.signIn();
      const users = expectUsers(await scene.client.snapshot());
      if (!users.some((user) => user.id === id)) throw new Violated(`a user with the id ${id}`, 'no such user');
    },
  },
  {
    requirement: 'USR-SNAP-003',
    alone: true,
    name: 'the raw snapshot of nobody has an iterable that is absent or empty',
    run: async (scene, { emptyTarget }) => {
      scene.baseUrl = await emptyTarget();
      const users = expectUsers(await scene.client.snapshot());
      if (users.length > 0) throw new Violated('nobody', `${users.length} users`);
    },
  },
  {
    requirement: 'USR-SNAP-004',
    name: 'every user of the raw snapshot has the required fields',
    run: async (scene, { model }) => {
      await scene.signIn();
      expectModel(expectServed(await scene.client.snapshot()), 'Users', model, isRequired);
    },
  },
  {
    requirement: 'USR-SNAP-005',
    name: 'the optional fields of every user of the raw snapshot are as the model has them',
    run: async (scene, { model }) => {
      for (const person of scene.accounts()) await scene.signIn(person);
      expectModel(expectServed(await scene.client.snapshot()), 'Users', model, isOptional);
    },
  },
  {
    requirement: 'USR-SNAP-006',
    name: 'the raw snapshot of several users has each id once',
    run: async (scene) => {
      await Promise.all([scene.signIn(), scene.signIn()]);
      const ids = expectUsers(await scene.client.snapshot()).map(({ id }) => String(id));
      const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
      if (twice.length > 0) throw new Violated('each id once', `again: ${[...new Set(twice)].join(', ')}`);
    },
  },
  {
    requirement: 'USR-SNAP-007',
    name: 'the bytes of the snapshot are flawless JSON',
    run: async (scene) => {
      await scene.signIn();
      expectCleanJson(await scene.client.snapshot());
    },
  },
  {
    requirement: 'USR-SNAP-008',
    name: 'the raw snapshot has no undeclared secret',
    run: async (scene, { model }) => {
      for (const person of scene.accounts()) await scene.signIn(person);
      expectNoSecrets(await scene.client.snapshot(), 'Users', model);
    },
  },
];
