import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The floor: the least that a provider in Node could do. `node server.ts FILE` answers every request with the bytes of FILE on a
 * free port, and prints its address as the one line of its stdout.
 */
const body = readFileSync(process.argv[2] ?? '/dev/null');
const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => response.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', 4096, () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
