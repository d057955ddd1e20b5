import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * So many connections are being opened at once, at most. A server has a queue for those that it has not taken yet, and what finds it
 * full is dropped in silence; the system tries again after 1, 3, 7, 15 seconds. Python's own server, for one, queues five: once one
 * was dropped there are fewer at once.
 */
const OPENING = { first: 25, careful: 6 };
/** A connection that took so long to open, in milliseconds, was dropped at first. */
const DROPPED_MS = 800;
/**
 * From then on they are opened so far apart, too, in milliseconds: twice as far each time that it happens again, less far with each
 * that was taken at once.
 */
const PACE_MS = { first: 5, most: 40, least: 1 };
const QUICKER = 0.99;

/**
 * So many requests are under way at once, at most. Each holds a connection, at a proxy two, and a usual server has 150 (Apache) or 512
 * (nginx) in all, for whoever else asks as well; it closes what is more.
 */
const UNDER_WAY = 100;

/** The leave to open a connection and to send a request over it. */
export interface Permit {
  /** What a request is to go over: it opens a connection of its own, and gives the permit back when that is open. */
  agentFor(protocol: string, opened?: (socket: Socket) => void): PlainAgent;
  /** The connection is open, or will not be; nothing happens the second time. */
  leave(): void;
  /** The request is over; nothing happens the second time. */
  end(): void;
}

/** Lets connections be opened one after the other, few at a time, as quickly as servers take them, and not too many in all. */
export class Door {
  #opening = 0;
  #underWay = 0;
  #most = OPENING.first;
  #paceMs = 0;
  #slowedAt = 0;
  #last: Promise<void> = Promise.resolve();
  #left = () => {};

  /** Resolves when it is the caller's turn. */
  async enter(): Promise<Permit> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = promise;
    await before;
    while (this.#opening >= this.#most || this.#underWay >= UNDER_WAY)
      await new Promise<void>((left) => {
        this.#left = left;
      });
    if (this.#paceMs > PACE_MS.least) await sleep(this.#paceMs);
    this.#opening += 1;
    this.#underWay += 1;
    resolve();
    return this.#permit();
  }

  #permit(): Permit {
    const leave = once(() => {
      this.#opening -= 1;
      this.#left();
    });
    const end = once(() => {
      this.#underWay -= 1;
      leave();
      this.#left();
    });
    const agentFor: Permit['agentFor'] = (protocol, opened) => {
      const isSecure = protocol === 'https:';
      const agent = isSecure ? new TlsAgent() : new PlainAgent();
      const connect = agent.createConnection.bind(agent);
      agent.createConnection = (...told) => {
        const socket = connect(...told) as Socket;
        const startedAt = performance.now();
        socket
          .once('connect', () => {
            if (performance.now() - startedAt <= DROPPED_MS) this.#paceMs *= QUICKER;
            else if (startedAt > this.#slowedAt) this.#slowDown();
            leave();
          })
          .once('close', leave);
        opened?.(socket);
        return socket;
      };
      return agent;
    };
    return { agentFor, leave, end };
  }

  #slowDown(): void {
    this.#slowedAt = performance.now();
    this.#most = OPENING.careful;
    this.#paceMs = Math.min(Math.max(2 * this.#paceMs, PACE_MS.first), PACE_MS.most);
  }
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
