import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { openClient } from './http.ts';

const listen = async (server: ReturnType<typeof createServer | typeof createTcpServer>) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('volley', () => {
  it('sends nothing before every connection is open, and then everything', async () => {
    const seen: string[] = [];
    const server = createServer((_request, response) => {
      seen.push('request');
      response.end();
    });
    const client = openClient(await listen(server));
    const watch = (message: unknown) => {
      (message as { socket: Socket }).socket.once('connect', () => seen.push('open'));
    };
    subscribe('net.client.socket', watch);

    await client.volley(() => Promise.all(Array.from({ length: 20 }, () => client.snapshot())));

    unsubscribe('net.client.socket', watch);
    server.close();
    expect(seen).toEqual([...Array(20).fill('open'), ...Array(20).fill('request')]);
  });

  it('holds back no request but those that it begins with', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    const client = openClient(await listen(server));

    const statuses = await client.volley(async () => [
      (await client.snapshot()).status,
      (await client.one('a')).status,
    ]);

    server.close();
    expect([...statuses, await client.volley(async () => 'nothing')]).toEqual([200, 200, 'nothing']);
  });

  it('gives way to a server that takes one connection after the other', async () => {
    const server = createTcpServer({ pauseOnConnect: true });
    const waiting: (() => void)[] = [];
    let isBusy = false;
    const serveNext = () => {
      if (!isBusy) waiting.shift()?.();
    };
    server.on('connection', (socket) => {
      waiting.push(() => {
        isBusy = true;
        socket.resume().once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
        socket.once('close', () => {
          isBusy = false;
          serveNext();
        });
      });
      serveNext();
    });
    const client = openClient(await listen(server));

    const answers = await client.volley(() => Promise.all(Array.from({ length: 5 }, () => client.snapshot())));

    server.close();
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
  });
});
