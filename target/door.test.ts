import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Door } from './door.ts';

const server = createServer((_request, response) => response.end());
let port: number;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
});

/** As slow to connect as when a first try was dropped. */
const dropped: LookupFunction = (_host, _options, done) => {
  setTimeout(() => done(null, [{ address: '127.0.0.1', family: 4 }]), 900);
};

describe('door', () => {
  it('lets twenty-five in at once, and another when one has its connection', async () => {
    const door = new Door();
    const permits = await Promise.all(Array.from({ length: 25 }, () => door.enter()));
    const another = door.enter().then(() => 'in');
    const before = await Promise.race([another, sleep(20, 'out')]);
    await once(get({ port, agent: permits[0]!.agentFor('http:') }), 'response');

    expect([before, await another]).toEqual(['out', 'in']);
  });

  it('counts a permit once, however often it is given back', async () => {
    const door = new Door();
    const permits = await Promise.all(Array.from({ length: 25 }, () => door.enter()));
    for (let times = 0; times < 3; times += 1) permits[0]!.leave();
    await door.enter();

    expect(await Promise.race([door.enter(), sleep(20, 'out')])).toBe('out');
  });

  it('lets a hundred be under way, and another when one is over', async () => {
    const door = new Door();
    const permits = [];
    for (let count = 0; count < 100; count += 1) {
      const permit = await door.enter();
      permit.leave();
      permits.push(permit);
    }
    const another = door.enter().then(() => 'in');
    const before = await Promise.race([another, sleep(20, 'out')]);
    for (let times = 0; times < 3; times += 1) permits[0]!.end();
    const more = await Promise.race([door.enter(), sleep(20, 'out')]);

    expect([before, await another, more]).toEqual(['out', 'in', 'out']);
  });

  it('opens connections further apart when a server was slow to take one', async () => {
    const door = new Door();
    const permit = await door.enter();
    await once(get({ host: 'localhost', port, agent: permit.agentFor('http:'), lookup: dropped }), 'response');

    const startedAt = performance.now();
    for (let count = 0; count < 5; count += 1) (await door.enter()).leave();

    expect(performance.now() - startedAt).toBeGreaterThan(5 * 4);
  });
});
