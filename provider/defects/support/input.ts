import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { extend } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';

type Rewrite = (piece: string) => string;

/**
 * Lets the server read other bytes than a client sent: each piece as it comes off the wire is rewritten, as Latin-1. So HTTP can be
 * misread in ways that Node's own parser cannot be talked into.
 */
export const misreads = (rewrite: Rewrite): Alteration => misreadsEach(() => rewrite);

/** The same, with something to remember for each connection. */
export const misreadsEach = (begin: () => Rewrite): Alteration =>
  extend((app) => {
    const { server } = app;
    const emit = server.emit.bind(server);
    server.emit = (event: string, ...values: unknown[]): boolean => {
      const [socket] = values as [Socket];
      return emit(event, ...(event === 'connection' ? [rewritten(socket, begin())] : values));
    };
  });

function rewritten(socket: Socket, rewrite: Rewrite): Duplex {
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (bytes: Buffer, _encoding, done) => void socket.write(bytes, () => done()),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (bytes) => {
    if (!stream.push(Buffer.from(rewrite(bytes.toString('latin1')), 'latin1'))) socket.pause();
  });
  socket.on('end', () => stream.push(null));
  socket.on('close', () => stream.destroy());
  socket.on('error', (error) => stream.destroy(error));
  return Object.assign(stream, {
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    setTimeout: () => stream,
    destroySoon: () => stream.end(() => stream.destroy()),
  });
}
