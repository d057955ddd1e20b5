import { connect } from 'node:net';

/**
 * How many times `GET /users` is answered in `durationMs`, over so many connections that each ask again once answered. It only
 * counts bytes, so that the server and not the client is what is measured: every answer must be of one size.
 */
export async function countAnswers(baseUrl: string, connections: number, durationMs: number): Promise<number> {
  const { hostname, port, host } = new URL(baseUrl);
  const request = Buffer.from(`GET /users HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  const size = await sizeOfAnswer(hostname, Number(port), request);
  const until = performance.now() + durationMs;

  const ask = () =>
    new Promise<number>((resolve, reject) => {
      let [answers, received] = [0, 0];
      const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => socket.write(request));
      socket.on('error', reject);
      socket.on('close', () => resolve(answers));
      socket.on('data', (chunk) => {
        received += chunk.length;
        if (received < size) return;
        if (received > size) return reject(new Error(`${received} bytes came where ${size} were due`));
        received = 0;
        answers += 1;
        if (performance.now() < until) socket.write(request);
        else socket.destroy();
      });
    });
  const counts = await Promise.all(Array.from({ length: connections }, ask));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** In bytes, header fields and all. */
function sizeOfAnswer(host: string, port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const socket = connect({ host, port }, () => socket.write(request));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      seen = Buffer.concat([seen, chunk]);
      const end = seen.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(seen.toString('latin1', 0, end))?.[1]);
      if (end < 4 || seen.length < end + length) return;
      socket.destroy();
      resolve(end + length);
    });
  });
}
