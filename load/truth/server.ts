import { constant } from './delays.ts';
import { startTruthServer } from './truth-server.ts';

/**
 * The fake provider as a program, for `--provider-command`: `HOST` and `PORT` by environment as any provider, the latency in
 * milliseconds as its one argument.
 */
const { HOST = '127.0.0.1', PORT = '0' } = process.env;
const server = await startTruthServer(constant(Number(process.argv[2] ?? 0)), HOST, Number(PORT));
console.log(server.url);
process.once('SIGTERM', () => void server[Symbol.asyncDispose]());
