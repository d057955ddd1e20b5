import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildPerson } from '../../target/person.ts';
import { waitForOurKeys } from './key-wait.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Refuses the first sign-ins; what it was asked. */
async function targetThatRefuses(times: number): Promise<{ baseUrl: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.statusCode = asked.length > times ? 200 : 401;
    response.end('{"id":"ada"}');
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const SIGN_IN = 'POST /users/authenticate/from_token';
const mint = { signIn: async () => ({ access_token: 'x', token_type: 'Bearer' as const, expires_in: 60 }) };

/** Who was written down, and crossed out again. */
class SmallLedger {
  readonly lines: string[] = [];
  recordUser(id: string): void {
    this.lines.push(`recorded ${id}`);
  }
  forgetUser(id: string): void {
    this.lines.push(`forgot ${id}`);
  }
}

let ledger = new SmallLedger();
beforeEach(() => {
  ledger = new SmallLedger();
});

const wait = (baseUrl: string, options: { signal?: AbortSignal; withinMs?: number } = {}) =>
  waitForOurKeys(
    { baseUrl, mint, person: buildPerson('abcdef') },
    { signal: new AbortController().signal, ledger, everyMs: 10, ...options },
  );

describe('the wait for a running target to take our keys', () => {
  test('ends with the first sign-in that is taken, and signs out again', async () => {
    const { baseUrl, asked } = await targetThatRefuses(2);

    await wait(baseUrl);

    expect(asked).toEqual([SIGN_IN, SIGN_IN, SIGN_IN, 'POST /users/ada/disconnect']);
    expect(ledger.lines).toEqual(['recorded ada', 'forgot ada']);
  });

  test('gives up in time, and judges nothing', async () => {
    const { baseUrl, asked } = await targetThatRefuses(Number.POSITIVE_INFINITY);

    await expect(wait(baseUrl, { withinMs: 1_000 })).resolves.toBeUndefined();

    expect(asked.filter((request) => request !== SIGN_IN)).toEqual([]);
  });

  test('leaves a target that does not answer to the checks', async () => {
    await expect(wait('http://127.0.0.1:9')).resolves.toBeUndefined();
  });

  test('ends when the run is interrupted', async () => {
    const { baseUrl } = await targetThatRefuses(Number.POSITIVE_INFINITY);

    await expect(wait(baseUrl, { signal: AbortSignal.abort(new Error('interrupted')) })).rejects.toThrow('interrupted');
  });
});
