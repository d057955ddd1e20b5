import { answer, handlers, json, sentAs } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** Faults of what the operations answer when all went well. */
export const answerDefects: readonly Defect[] = [
  {
    name: 'snapshot-is-list',
    sentence: 'The snapshot is a bare list of profiles.',
    requirement: 'USR-SNAP-001',
    seed: json('snapshot', ({ iterable }) => iterable),
  },
  {
    name: 'snapshot-is-map',
    sentence: 'The snapshot holds the profiles by id.',
    requirement: 'USR-SNAP-001',
    seed: json('snapshot', ({ iterable }) => ({ iterable: Object.groupBy(iterable, ({ id }: { id: string }) => id) })),
  },
  {
    name: 'snapshot-of-ids',
    sentence: 'The snapshot holds ids only.',
    requirement: 'USR-SNAP-001',
    seed: json('snapshot', ({ iterable }) => ({ iterable: iterable.map(({ id }: { id: string }) => id) })),
  },
  {
    name: 'nobody-is-null',
    sentence: 'Where nobody is left iterable is null, as a list is that was never made.',
    requirement: 'USR-DISC-007',
    seed: json(['snapshot', 'disconnect'], (users) =>
      users.iterable.length > 0 ? users : { ...users, iterable: null },
    ),
  },
  {
    name: 'empty-snapshot-is-404',
    sentence: 'Once the last user has left, the snapshot answers 404.',
    requirement: 'USR-DISC-007',
    seed: (parts, settings) => {
      let hadUsers = false;
      return json('snapshot', (users, reply) => {
        hadUsers ||= users.iterable.length > 0;
        if (hadUsers && users.iterable.length === 0) reply.code(404);
        return users;
      })(parts, settings);
    },
  },
  {
    name: 'empty-snapshot-is-list',
    sentence: 'Where nobody is signed in, the snapshot is an empty list.',
    requirement: 'USR-SNAP-003',
    seed: json('snapshot', (users) => (users.iterable.length > 0 ? users : [])),
  },
  {
    name: 'user-twice',
    sentence: 'The newest user is in the snapshot twice.',
    requirement: 'USR-SNAP-006',
    seed: json('snapshot', ({ iterable }) => ({ iterable: [...iterable, ...iterable.slice(-1)] })),
  },
  {
    name: 'snapshot-as-text',
    sentence: 'The snapshot is sent as text/plain.',
    requirement: 'USR-SNAP-007',
    seed: sentAs('snapshot', 'text/plain'),
  },
  {
    name: 'byte-order-mark',
    sentence: 'The snapshot begins with a byte order mark.',
    requirement: 'USR-SNAP-007',
    seed: answer('snapshot', (body) => `\uFEFF${body}`),
  },
  {
    name: 'latin-1',
    sentence: 'Answers are encoded in Latin-1.',
    requirement: 'USR-ONE-006',
    seed: answer(['snapshot', 'one', 'authenticate', 'disconnect'], (body) => Buffer.from(`${body}`, 'latin1')),
  },
  {
    name: 'member-twice',
    sentence: 'The profile that sign-in answers has its id twice.',
    requirement: 'USR-AUTH-008',
    seed: answer('authenticate', (body) => `${body}`.replace('{', '{"id":"",')),
  },
  {
    name: 'one-as-binary',
    sentence: 'A profile by id is sent as application/octet-stream.',
    requirement: 'USR-ONE-006',
    seed: sentAs('one', 'application/octet-stream'),
  },
  {
    name: 'one-is-list',
    sentence: 'A profile by id is sent in a Users object.',
    requirement: 'USR-ONE-001',
    seed: json('one', (user) => ({ iterable: [user] })),
  },
  {
    name: 'one-is-summary',
    sentence: 'A profile by id lacks what the snapshot tells of the user.',
    requirement: 'USR-ONE-005',
    seed: json('one', ({ email, picture, ...user }) => user),
  },
  {
    name: 'disconnect-is-204',
    sentence: 'Disconnecting answers 204 with nothing.',
    requirement: 'USR-DISC-001',
    seed: answer('disconnect', (_body, reply) => {
      reply.code(204);
      return '';
    }),
  },
  {
    name: 'disconnect-answers-profile',
    sentence: 'Disconnecting answers the profile that was removed.',
    requirement: 'USR-DISC-001',
    seed: handlers((own, store, snapshots) => ({
      users_disconnect_user: async (request, reply) => {
        const user = store.find(request.params.user);
        if (!user) return own.users_disconnect_user(request, reply);
        store.remove(user.id);
        snapshots.changed();
        return reply.type('application/json').send(snapshots.profile(user));
      },
    })),
  },
  {
    name: 'disconnect-answers-former-users',
    sentence: 'Disconnecting answers the users as they were before.',
    requirement: 'USR-DISC-001',
    seed: handlers((own, store, snapshots) => ({
      users_disconnect_user: async (request, reply) => {
        const { bytes } = snapshots.current();
        if (!store.remove(request.params.user)) return own.users_disconnect_user(request, reply);
        snapshots.changed();
        return reply.type('application/json').send(bytes);
      },
    })),
  },
  {
    name: 'disconnect-answers-ids',
    sentence: 'Disconnecting answers the ids of the users that are left.',
    requirement: 'USR-DISC-002',
    seed: json('disconnect', ({ iterable }) => ({ iterable: iterable.map(({ id }: { id: string }) => id) })),
  },
  {
    name: 'disconnect-as-html',
    sentence: 'What disconnecting answers is sent as text/html.',
    requirement: 'USR-DISC-004',
    seed: sentAs('disconnect', 'text/html'),
  },
  {
    name: 'sign-in-is-201',
    sentence: 'Sign-in answers 201.',
    requirement: 'USR-AUTH-001',
    seed: json('authenticate', (user, reply) => {
      reply.code(201);
      return user;
    }),
  },
  {
    name: 'sign-in-answers-users',
    sentence: 'Sign-in answers a Users object.',
    requirement: 'USR-AUTH-001',
    seed: json('authenticate', (user) => ({ iterable: [user] })),
  },
  {
    name: 'sign-in-wraps-profile',
    sentence: 'Sign-in answers the profile inside of another object.',
    requirement: 'USR-AUTH-001',
    seed: json('authenticate', (user) => ({ success: true, data: user })),
  },
  {
    name: 'sign-in-lacks-aesthetics',
    sentence: 'The profile that sign-in answers lacks aesthetics, which all others have.',
    requirement: 'USR-AUTH-001',
    seed: json('authenticate', ({ aesthetics, ...user }) => user),
  },
];
