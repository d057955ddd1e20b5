import getPort from 'get-port';

/**
 * A free port of 127.0.0.1, below those that systems give to outgoing connections: a busy suite opens thousands of these, and any
 * could take the port before it is listened on. Drawn, so that two runs at once do not both try the same.
 */
export const findFreePort = (): Promise<number> =>
  getPort({ host: '127.0.0.1', port: Array.from({ length: 20 }, () => 12_000 + Math.floor(Math.random() * 20_000)) });
