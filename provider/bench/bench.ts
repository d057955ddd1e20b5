import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTestIssuer } from '../issuer.fixture.ts';
import { countAnswers } from './closed-loop.ts';

/**
 * What `GET /users` costs beside a bare node:http server with the same bytes: `node provider/bench/bench.ts [users]`. Both are asked
 * in turns within one run, so that what else the machine does falls on both.
 */
const USERS = Number(process.argv[2] ?? 10);
const [ROUNDS, SLICE_MS, CONNECTIONS] = [15, 1_000, 32];

const children: ChildProcess[] = [];
const dir = await mkdtemp(join(tmpdir(), 'provider-bench-'));
const issuer = await startTestIssuer();
try {
  const told = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dir, OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'users-api' };
  const provider = await start('../server.ts', told);
  for (let user = 0; user < USERS; user += 1) await signIn(provider, await issuer.sign({ sub: `bench-${user}` }));
  const bare = await start('./bare.ts', {}, provider);

  const ratios: number[] = [];
  const rates = { provider: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = round % 2 === 0;
    const one = await countAnswers(first ? provider : bare, CONNECTIONS, SLICE_MS);
    const two = await countAnswers(first ? bare : provider, CONNECTIONS, SLICE_MS);
    const [ours, theirs] = first ? [one, two] : [two, one];
    rates.provider.push((ours * 1000) / SLICE_MS);
    rates.bare.push((theirs * 1000) / SLICE_MS);
    ratios.push(ours / theirs);
  }
  const report = {
    users: USERS,
    provider: Math.round(median(rates.provider)),
    bare: Math.round(median(rates.bare)),
    unit: 'requests per second',
    ratio: Number(median(ratios).toFixed(3)),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  for (const child of children) child.kill();
  await issuer[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
}

async function start(file: string, env: Record<string, string>, ...args: string[]): Promise<string> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface(child.stdout)) {
    const url = /listening on (http:[^"\s]+)/.exec(line)?.[1];
    if (url) return url;
  }
  await once(child, 'exit');
  throw new Error(`${file} did not start`);
}

async function signIn(provider: string, token: string): Promise<void> {
  const answer = await fetch(`${provider}/users/authenticate/from_token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
