import type { Socket } from 'node:net';
import { both, extend, handlers, store } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';

const onConnection = (act: (socket: Socket) => void): Alteration => extend((app) => app.server.on('connection', act));

/** An answer counts as lost when its connection ends within a second of it. */
const whenLost = (socket: Socket, act: () => void): void => {
  const sent = performance.now();
  socket.once('close', () => {
    if (performance.now() - sent < 1_000) act();
  });
};

/** Forgets whose user it is that a lost sign-in made. */
function forgetsLostSignIns(): Alteration {
  const forgotten = new Map<string, number>();
  return both(
    store((own) => ({
      signIn(identity, now) {
        const times = forgotten.get(identity.subject);
        return own.signIn(times ? { ...identity, subject: `${identity.subject} ${times}` } : identity, now);
      },
    })),
    handlers((own, users) => ({
      authenticate_from_oauth_token: async (request, reply) => {
        const before = new Set(users.all());
        const sent = await own.authenticate_from_oauth_token(request, reply);
        const subject = [...users.all()].find((user) => !before.has(user))?.identity.subject;
        whenLost(request.raw.socket, () => subject && forgotten.set(subject, (forgotten.get(subject) ?? 0) + 1));
        return sent;
      },
    })),
  );
}

/** Puts a user back into the list when its disconnect was lost. */
function listsLostDisconnects(): Alteration {
  const ghosts = new Map<string, User>();
  return both(
    store((own) => ({ all: () => [...own.all(), ...[...ghosts.values()].filter(({ id }) => !own.find(id))] })),
    handlers((own, users, prepared) => ({
      users_disconnect_user: async (request, reply) => {
        const user = users.find(request.params.user);
        const sent = await own.users_disconnect_user(request, reply);
        whenLost(request.raw.socket, () => {
          if (user) ghosts.set(user.id, user);
          prepared.changed();
        });
        return sent;
      },
    })),
  );
}

/** Connections that are slow, silent, many, reset or lost. */
export const connectionDefects: readonly Defect[] = [
  {
    name: 'head-must-come-at-once',
    sentence: 'A request whose head does not come in one piece is cut off.',
    requirement: 'USR-FAULT-023',
    seed: onConnection((socket) =>
      socket.once('data', (piece) => {
        if (!piece.includes('\r\n\r\n')) socket.destroy();
      }),
    ),
  },
  {
    name: 'connections-have-100-ms',
    sentence: 'A connection on which nothing has come for a tenth of a second is cut off.',
    requirement: 'USR-FAULT-024',
    seed: onConnection((socket) => {
      const timer = setTimeout(() => socket.destroy(), 100);
      socket.once('data', () => clearTimeout(timer));
    }),
  },
  {
    name: 'lost-sign-in-is-forgotten',
    sentence: 'When the answer to a sign-in is lost, the next one makes a second user.',
    requirement: 'USR-FAULT-025',
    seed: forgetsLostSignIns(),
  },
  {
    name: 'lost-disconnect-is-half-undone',
    sentence: 'When the answer to a disconnect is lost, the user is put back into the list, but not found by id.',
    requirement: 'USR-FAULT-026',
    seed: listsLostDisconnects(),
  },
  {
    name: 'connections-are-sixty-four',
    sentence: 'Sixty-four connections are all it takes.',
    requirement: 'USR-FAULT-043',
    seed: extend((app) => {
      app.server.maxConnections = 64;
    }),
  },
  {
    name: 'reset-crashes',
    sentence: 'A connection that is reset ends the provider.',
    requirement: 'USR-FAULT-045',
    seed: onConnection((socket) => socket.on('error', () => process.exit(1))),
  },
  {
    name: 'pause-drops-connections',
    sentence: 'When it goes on after it was stopped, it cuts off whoever waited.',
    requirement: 'USR-FAULT-046',
    seed: extend((app) => {
      let openAgainAt = 0;
      app.server.on('connection', (socket) => {
        if (performance.now() < openAgainAt) socket.destroy();
      });
      process.on('SIGCONT', () => {
        openAgainAt = performance.now() + 200;
        app.server.closeAllConnections();
      });
    }),
  },
];
