import { randomUUID } from 'node:crypto';
import { handlers, store, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';
import { comesBack, remembers } from '../support/keeping.ts';

/** Faults of what is written: sign-in and disconnect do something else than they say. */
export const changeDefects: readonly Defect[] = [
  {
    name: 'each-sign-in-is-new',
    sentence: 'Signing in again makes a second user of the same subject.',
    requirement: 'USR-ID-003',
    seed: verifier((verify) => async (token) => {
      const identity = await verify(token);
      return { ...identity, subject: `${identity.subject} ${randomUUID()}` };
    }),
  },
  {
    name: 'update-keeps-email',
    sentence: 'Signing in again takes the new name and keeps the old e-mail address.',
    requirement: 'USR-LIFE-028',
    seed: remembers((user, before) =>
      before?.identity.email ? { ...user, identity: { ...user.identity, email: before.identity.email } } : user,
    ),
  },
  {
    name: 'first-profile-stays',
    sentence: 'Signing in again finds the user and takes nothing of the new token.',
    requirement: 'USR-LIFE-028',
    seed: remembers((user, before) => ({ ...user, identity: before?.identity ?? user.identity })),
  },
  {
    name: 'comeback-is-of-old',
    sentence: 'Who comes back after a sign-out has the profile of then, whatever the new token says.',
    requirement: 'USR-LIFE-028',
    seed: comesBack((_identity, former) => former),
  },
  {
    name: 'comeback-is-bare',
    sentence: 'Who comes back after a sign-out has a profile with nothing of its person.',
    requirement: 'USR-LIFE-011',
    seed: comesBack(({ subject }) => ({ subject })),
  },
  {
    name: 'delete-removes',
    sentence: 'DELETE on the path of a user removes it: a route that was never taken out.',
    requirement: 'USR-LIFE-017',
    seed: (parts) => {
      let remove = (_id: string): void => {}; // the route is added before there are snapshots to tell
      return {
        ...parts,
        snapshots: (users, serialize) => {
          const own = parts.snapshots(users, serialize);
          remove = (id) => {
            if (users.remove(id)) own.changed();
          };
          return own;
        },
        extend: (app) => {
          parts.extend?.(app);
          app.delete('/users/:user', async (request, reply) => {
            remove((request.params as { user: string }).user);
            return reply.send({});
          });
        },
      };
    },
  },
  {
    name: 'created-moves',
    sentence: 'Signing in again sets the time of creation.',
    requirement: 'USR-LIFE-019',
    seed: remembers((user) => ({ ...user, created: user.updated })),
  },
  {
    name: 'updated-stays',
    sentence: 'Signing in again changes the profile, and leaves the time of update as it was.',
    requirement: 'USR-LIFE-044',
    seed: remembers((user, before) => ({ ...user, updated: before?.updated ?? user.updated })),
  },
  {
    name: 'updated-before-created',
    sentence: 'The time of update is before the time of creation: one of them is local time.',
    requirement: 'USR-LIFE-020',
    seed: remembers((user) => {
      const local = new Date(Date.parse(user.updated) - 5 * 3_600_000).toISOString();
      return { ...user, updated: local };
    }),
  },
  {
    name: 'disconnect-removes-nobody',
    sentence: 'Disconnecting answers as if the user had gone, and changes nothing.',
    requirement: 'USR-LIFE-002',
    seed: handlers((own, users, prepared) => ({
      users_disconnect_user: async (request, reply) => {
        const user = users.find(request.params.user);
        if (!user) return own.users_disconnect_user(request, reply);
        const others = [...users.all()].filter(({ id }) => id !== user.id).map((one) => prepared.profile(one));
        return reply.type('application/json').send(`{"iterable":[${others.join(',')}]}`);
      },
    })),
  },
  {
    name: 'disconnect-removes-everybody',
    sentence: 'Disconnecting one user removes all of them.',
    requirement: 'USR-ID-002',
    seed: store((own) => ({
      remove: (id) => own.find(id) !== undefined && [...own.all()].map((user) => own.remove(user.id)).includes(true),
    })),
  },
  {
    name: 'disconnect-removes-newest',
    sentence: 'Disconnecting removes who signed in last.',
    requirement: 'USR-LIFE-008',
    seed: store((own) => ({
      remove: (id) => own.find(id) !== undefined && own.remove([...own.all()].at(-1)?.id ?? id),
    })),
  },
  {
    name: 'disconnect-removes-older',
    sentence: 'Disconnecting removes every user that signed in before as well.',
    requirement: 'USR-LIFE-008',
    seed: store((own) => ({
      remove(id) {
        const all = [...own.all()];
        const last = all.findIndex((user) => user.id === id);
        for (const user of all.slice(0, last + 1)) own.remove(user.id);
        return last >= 0;
      },
    })),
  },
  {
    name: 'gone-for-ever',
    sentence: 'A subject that was disconnected cannot sign in again: it counts as taken.',
    requirement: 'USR-LIFE-003',
    seed: store((own) => {
      const taken = new Set<string>();
      return {
        signIn(identity, now) {
          if (taken.has(identity.subject)) throw new Problem(409, 'This user exists.');
          return own.signIn(identity, now);
        },
        remove(id) {
          const subject = own.find(id)?.identity.subject;
          if (subject !== undefined) taken.add(subject);
          return own.remove(id);
        },
      };
    }),
  },
  {
    name: 'bad-token-disconnects',
    sentence: 'A sign-in that is refused disconnects who signed in last.',
    requirement: 'USR-LIFE-033',
    seed: handlers((own, users, prepared) => ({
      authenticate_from_oauth_token: async (request, reply) => {
        try {
          return await own.authenticate_from_oauth_token(request, reply);
        } catch (refusal) {
          const last = [...users.all()].at(-1);
          if (last) users.remove(last.id);
          prepared.changed();
          throw refusal;
        }
      },
    })),
  },
  {
    name: 'bad-token-makes-user',
    sentence: 'A sign-in that is refused has made its user all the same: an await is missing before the check.',
    requirement: 'USR-LIFE-004',
    seed: handlers((own, users, prepared) => ({
      authenticate_from_oauth_token: async (request, reply) => {
        try {
          return await own.authenticate_from_oauth_token(request, reply);
        } catch (refusal) {
          users.signIn({ subject: `guest ${randomUUID()}`, name: 'Guest' }, new Date().toISOString());
          prepared.changed();
          throw refusal;
        }
      },
    })),
  },
];
