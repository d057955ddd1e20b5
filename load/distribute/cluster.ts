import { execa } from 'execa';
import { z } from 'zod';
import type { RunnerOutput } from './verdict.ts';

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        containerStatuses: z
          .array(
            z.object({
              name: z.string(),
              state: z.object({ terminated: z.object({ exitCode: z.number() }).optional() }),
            }),
          )
          .default([]),
      }),
    }),
  ),
});

/** Reads each runner's exit code and log from the cluster. The TestRun's own stage is no verdict: it is `finished` either way. */
export async function readRunners(kubectl: string, namespace: string, name: string): Promise<RunnerOutput[]> {
  const ask = async (...args: string[]) =>
    (await execa(kubectl, ['--namespace', namespace, ...args], { stdin: 'ignore' })).stdout;
  const pods = podsSchema.parse(
    JSON.parse(await ask('get', 'pods', '--selector', `k6_cr=${name},runner=true`, '--output', 'json')),
  );
  return Promise.all(
    pods.items.map(async ({ metadata, status }) => ({
      exitCode: status.containerStatuses.find((container) => container.name === 'k6')?.state.terminated?.exitCode,
      stdout: await ask('logs', metadata.name, '--container', 'k6'),
    })),
  );
}
