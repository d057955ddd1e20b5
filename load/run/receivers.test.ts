import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { k6ForTests } from '../testing/k6.ts';
import { runK6 } from './k6-run.ts';
import { outputsOf } from './outputs.ts';
import { buildPlan, type Part } from './plan.ts';
import { scriptOf } from './script.ts';

test('figures reach a Prometheus by remote write and a collector by OTLP', async () => {
  const received = new Map<string, number>();
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    const kind = `${url} ${headers['content-type']}`;
    received.set(kind, (received.get(kind) ?? 0) + 1);
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"iterable":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dir = await mkdtemp(join(tmpdir(), 'assay-outputs-'));
  const part: Part = { workload: 'smoke', journey: 'snapshot', seconds: 2 };
  const plan = buildPlan({ ...part, baseUrl: url, budgets: [], summaryFile: join(dir, 'summary.json') });

  const outputs = outputsOf({ prometheus: `${url}/api/v1/write`, otel: url }, part, 1);
  await runK6({ k6: await k6ForTests(), script: scriptOf(part), plan, dir, ...outputs });

  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
  expect([...received.keys()]).toEqual(
    expect.arrayContaining(['/api/v1/write application/x-protobuf', '/v1/metrics application/x-protobuf']),
  );
}, 600_000);
