import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The yardstick: Node's own server, which answers every request with the bytes and the fields that `GET /users` of the provider at
 * argv[2] has.
 */
const answer = await fetch(`${process.argv[2]}/users`);
const bytes = Buffer.from(await answer.arrayBuffer());
const headers = {
  'content-type': answer.headers.get('content-type') ?? '',
  'content-length': bytes.length,
  etag: answer.headers.get('etag') ?? '',
};
const server = createServer((_request, response) => response.writeHead(200, headers).end(bytes));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
