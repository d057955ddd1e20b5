import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { NotOffered } from '../../support/cannot-tell.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** A neighbour on the network that does not answer is none. */
const ANSWER_MS = 2_000;

requirement(
  'USR-SEC-071',
  'no other address of the machine is served when told to listen on 127.0.0.1',
  { needs: ['fresh'] },
  async (context) => {
    const { spec, baseUrl } = context.session.target;
    if (spec.kind === 'image')
      throw new NotOffered('a container listens on all of its addresses: what is published is ours');
    const port = Number(new URL(baseUrl).port);

    const served = await Promise.all(
      otherAddresses().map(async (host) => ((await isServed(host, port)) ? [host] : [])),
    );

    const open = served.flat().map((host) => `${host}:${port}`);
    if (open.length > 0) throw new Unsatisfied('connections on 127.0.0.1 only', `they are taken on ${open.join(', ')}`);
  },
);

/** Whoever listens on all addresses listens on the second of the loopback network too, where there is one. */
function otherAddresses(): string[] {
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return ['127.0.0.2', ...outer];
}

const isServed = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_MS });
    const settle = (served: boolean) => {
      socket.destroy();
      resolve(served);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
