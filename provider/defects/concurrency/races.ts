import { decodeJwt } from 'jose';
import { both, handlers, pause, store, verifier } from '../../alterations/hooks.ts';
import { otherIds } from '../../alterations/other-ids.ts';
import type { Alteration } from '../../run.ts';
import type { Identity, User } from '../../user.ts';
import type { Defect } from '../defect.ts';

function writesListBack(): Alteration {
  let list: readonly User[] = [];
  const asRead = new WeakMap<Identity, readonly User[]>();
  return both(
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      asRead.set(identity, list);
      await pause(3);
      return identity;
    }),
    store((own) => {
      list = [...own.all()];
      return {
        all: () => list,
        find: (id) => list.find((user) => user.id === id),
        signIn(identity, now) {
          const user = own.signIn(identity, now);
          list = [...(asRead.get(identity) ?? list).filter(({ id }) => id !== user.id), user];
          return user;
        },
        remove(id) {
          list = list.filter((user) => user.id !== id);
          return own.remove(id);
        },
      };
    }),
  );
}

const insertsWithoutLooking = verifier((verify) => {
  const known = new Set<string>();
  return async (token) => {
    const identity = await verify(token);
    const wasKnown = known.has(identity.subject);
    await pause(3);
    const isDouble = !wasKnown && known.has(identity.subject);
    known.add(identity.subject);
    return isDouble ? { ...identity, subject: `${identity.subject} ${Math.random()}` } : identity;
  };
});

function updatesInTwoSteps(): Alteration {
  const half = new Map<string, string | undefined>();
  const asSeen = (user: User): User => {
    const { subject } = user.identity;
    return half.has(subject) ? ({ ...user, identity: { ...user.identity, name: half.get(subject) } } as User) : user;
  };
  return both(
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      half.set(identity.subject, identity.name);
      await pause(10);
      half.delete(identity.subject);
      return identity;
    }),
    store((own) => ({
      find(id) {
        const user = own.find(id);
        return user && asSeen(user);
      },
    })),
  );
}

/** Races: what many do at once comes out as if they had not all done it. */
export const raceDefects: readonly Defect[] = [
  {
    name: 'current-is-shared',
    sentence: 'Whose token was verified is kept in one variable for all requests, over an await.',
    requirement: 'USR-CONC-002',
    seed: verifier((verify) => {
      let current: Identity;
      return async (token) => {
        current = await verify(token);
        await pause(2);
        return current;
      };
    }),
  },
  {
    name: 'buffer-is-shared',
    sentence: 'Profiles by id are sent from one buffer, into which the next one is written before they have gone.',
    requirement: 'USR-CONC-010',
    seed: handlers((own, users, prepared) => {
      const buffer = Buffer.alloc(1 << 20);
      return {
        users_specific_user_snapshot: async (request, reply) => {
          const user = users.find(request.params.user);
          if (!user) return own.users_specific_user_snapshot(request, reply);
          const length = prepared.profile(user).copy(buffer);
          await pause(2);
          return reply.type('application/json').send(buffer.subarray(0, length));
        },
      };
    }),
  },
  {
    name: 'list-is-written-back',
    sentence: 'A sign-in reads the list of users, waits, and writes the list back: who signed in meanwhile is lost.',
    requirement: 'USR-CONC-002',
    seed: writesListBack(),
  },
  {
    name: 'first-sign-ins-are-two',
    sentence: 'Two first sign-ins of a subject at once make two users: both looked before either wrote.',
    requirement: 'USR-CONC-001',
    seed: insertsWithoutLooking,
  },
  {
    name: 'update-in-two-steps',
    sentence: 'While somebody signs in again, the new name can be read beside the old e-mail address.',
    requirement: 'USR-CONC-016',
    seed: updatesInTwoSteps(),
  },
  {
    name: 'id-is-the-time',
    sentence: 'An id is the time in hundredths of a second: users who sign in at once share one.',
    requirement: 'USR-CONC-002',
    seed: otherIds(({ created }) => {
      const time = Math.floor(Date.parse(created) / 10)
        .toString(16)
        .padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-4000-8000-000000000000`;
    }),
  },
  {
    name: 'disconnects-at-once-are-500',
    sentence: 'Of two who disconnect a user at once, one gets a 500.',
    requirement: 'USR-CONC-003',
    seed: handlers((own, users) => ({
      users_disconnect_user: async (request, reply) => {
        const user = users.find(request.params.user);
        await pause(3);
        if (user && !users.find(user.id)) throw new Error('DELETE affected no row');
        return own.users_disconnect_user(request, reply);
      },
    })),
  },
  {
    name: 'one-address-at-once-is-one',
    sentence: 'Sign-ins that come while one of the same e-mail is verified are taken for that one.',
    requirement: 'USR-CONC-002',
    seed: verifier((verify) => {
      const underWay = new Map<unknown, Promise<Identity>>();
      return (token) => {
        const { email } = decodeJwt(token);
        const known = underWay.get(email);
        if (known) return known;
        const verified = verify(token).finally(() => underWay.delete(email));
        underWay.set(email, verified);
        return verified;
      };
    }),
  },
  {
    name: 'looks-up-before-it-verifies',
    sentence:
      'A user is looked up before the token is verified: who has left meanwhile is answered, and nowhere to be found.',
    requirement: 'USR-FAULT-051',
    seed: (parts, settings) => {
      const before = new Map<string, User>();
      return both(
        verifier((verify) => async (token) => {
          const known = [...parts.store.all()].find(({ identity }) => identity.subject === decodeJwt(token).sub);
          const identity = await verify(token);
          if (known) before.set(identity.subject, known);
          return identity;
        }),
        store((own) => ({
          signIn(identity, now) {
            const known = before.get(identity.subject);
            before.delete(identity.subject);
            return known && !own.find(known.id) ? { ...known, identity, updated: now } : own.signIn(identity, now);
          },
        })),
      )(parts, settings);
    },
  },
];
