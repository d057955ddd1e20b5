import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { both, bytesOf, extend, handlers, isAt, json, store, verifier } from '../../alterations/hooks.ts';
import type { Identity, User } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { comesBack, remembers } from '../support/keeping.ts';

const inHtml = (text: string | undefined): string | undefined => text?.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** What comes back though it had gone, and what stays though it has changed. */
export const comebackDefects: readonly Defect[] = [
  {
    name: 'comeback-fills-gaps',
    sentence: 'Who comes back after a sign-out has of the former profile what the new token does not say.',
    requirement: 'USR-LIFE-046',
    seed: comesBack((identity, former) => ({ ...former, ...identity })),
  },
  {
    name: 'known-token-makes-nobody',
    sentence: 'A token that was seen before is answered from memory, though its user has gone.',
    requirement: 'USR-LIFE-047',
    seed: both(
      verifier((verify) => {
        const seen = new Map<string, Identity>();
        return async (token) => {
          const identity = seen.get(token) ?? (await verify(token));
          seen.set(token, identity);
          return identity;
        };
      }),
      store((own) => {
        const made = new WeakMap<Identity, User>();
        return {
          signIn(identity, now) {
            const user = made.get(identity) ?? own.signIn(identity, now);
            made.set(identity, user);
            return user;
          },
        };
      }),
    ),
  },
  {
    name: 'upper-case-goes-nowhere',
    sentence: 'An id in upper case is found when it is read, and its disconnect is answered and does nothing.',
    requirement: 'USR-LIFE-048',
    seed: handlers((own, users, prepared) => ({
      users_specific_user_snapshot(request, reply) {
        request.params.user = request.params.user.toLowerCase();
        return own.users_specific_user_snapshot(request, reply);
      },
      users_disconnect_user: async (request, reply) => {
        const { user } = request.params;
        if (users.find(user) || !users.find(user.toLowerCase())) return own.users_disconnect_user(request, reply);
        return reply.type('application/json').send(prepared.current().bytes);
      },
    })),
  },
  {
    name: 'encoded-id-goes-nowhere',
    sentence:
      'Disconnecting takes the id from the path as it was sent: one that is percent-encoded is nobody, and answered 200.',
    requirement: 'USR-LIFE-048',
    seed: handlers((own, users, prepared) => ({
      users_disconnect_user: async (request, reply) => {
        const sent = request.url.split('/')[2] ?? '';
        return users.find(sent) || !sent.includes('%')
          ? own.users_disconnect_user(request, reply)
          : reply.type('application/json').send(prepared.current().bytes);
      },
    })),
  },
  {
    name: 'third-sign-in-is-creation',
    sentence: 'Every third sign-in of a user sets the time of creation.',
    requirement: 'USR-LIFE-019',
    seed: (parts, settings) => {
      const count = new Map<string, number>();
      return remembers((user) => {
        const times = (count.get(user.id) ?? 0) + 1;
        count.set(user.id, times);
        return times % 3 === 0 ? { ...user, created: user.updated } : user;
      })(parts, settings);
    },
  },
  {
    name: 'letter-case-is-no-change',
    sentence: 'A name that changes in upper and lower case only stays as it was.',
    requirement: 'USR-LIFE-028',
    seed: remembers((user, before) => {
      const name = before?.identity.name;
      const isSame = name !== undefined && name.toLowerCase() === user.identity.name?.toLowerCase();
      return isSame ? { ...user, identity: { ...user.identity, name } } : user;
    }),
  },
  {
    name: 'picture-alone-is-no-change',
    sentence: 'A sign-in by which nothing but the picture changes leaves the user as it was.',
    requirement: 'USR-LIFE-028',
    seed: remembers((user, before) => {
      const { picture, ...others } = user.identity;
      const { picture: former, ...othersBefore } = before?.identity ?? user.identity;
      return former !== undefined && isDeepStrictEqual(others, othersBefore)
        ? { ...user, identity: { ...user.identity, picture: former } }
        : user;
    }),
  },
  {
    name: 'header-changes-nothing',
    sentence: 'A sign-in by the header finds the user and takes nothing of the new token.',
    requirement: 'USR-LIFE-028',
    seed: (parts) => ({
      ...parts,
      handlers(given, prepared) {
        const own = parts.handlers(given, prepared);
        const signIn = (identity: Identity, now: string): User =>
          [...given.store.all()].find((user) => user.identity.subject === identity.subject) ??
          given.store.signIn(identity, now);
        const frozen = parts.handlers({ ...given, store: { ...given.store, signIn } }, prepared);
        return {
          ...own,
          authenticate_from_oauth_token: (request, reply) =>
            (request.body?.access_token ? own : frozen).authenticate_from_oauth_token(request, reply),
        };
      },
    }),
  },
  {
    name: 'connection-keeps-notes',
    sentence: 'A profile that was read once over a connection is answered from a note on that connection.',
    requirement: 'USR-LIFE-036',
    seed: extend((app) => {
      const notes = new WeakMap<Socket, Map<string, Buffer>>();
      app.addHook('onRequest', async (request, reply) => {
        const known = isAt(request, 'one') ? notes.get(request.socket)?.get(request.url) : undefined;
        if (known) return reply.type('application/json').send(known);
      });
      app.addHook('onSend', async (request, reply, payload) => {
        const bytes = bytesOf(payload);
        if (reply.statusCode !== 200 || !bytes || !isAt(request, 'one')) return payload;
        notes.set(request.socket, (notes.get(request.socket) ?? new Map()).set(request.url, bytes));
        return payload;
      });
    }),
  },
  {
    name: 'lists-are-escaped',
    sentence: 'In the snapshot alone, ampersands and angle brackets of names are HTML entities.',
    requirement: 'USR-LIFE-023',
    seed: json('snapshot', ({ iterable, ...rest }: { iterable: { name?: string }[] }) => ({
      ...rest,
      iterable: iterable.map((user) => ({ ...user, name: inHtml(user.name) })),
    })),
  },
];
