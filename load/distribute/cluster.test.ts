import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRunners } from './cluster.ts';

/** A pod as the API server shows it; `exitCode` undefined: it still runs. */
const pod = (name: string, exitCode?: number) => ({
  metadata: { name, labels: { app: 'k6', runner: 'true' } },
  status: {
    phase: exitCode === undefined ? 'Running' : 'Failed',
    containerStatuses: [
      { name: 'k6', state: exitCode === undefined ? { running: {} } : { terminated: { exitCode, reason: 'Error' } } },
    ],
  },
});

test('the exit code and the log of each runner are read, and one that still runs has none', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'assay-kubectl-'));
  const kubectl = join(dir, 'kubectl');
  const pods = JSON.stringify({ items: [pod('load-1', 99), pod('load-2')] });
  // As kubectl is asked: --namespace NAME, then the verb.
  await writeFile(
    kubectl,
    `#!/bin/sh\necho "$@" >> '${dir}/asked'\ncase $3 in get) echo '${pods}' ;; logs) echo "log of $4" ;; esac\n`,
  );
  await chmod(kubectl, 0o755);

  const runners = await readRunners(kubectl, 'team', 'load');

  await rm(dir, { recursive: true });
  expect(runners).toEqual([
    { exitCode: 99, stdout: 'log of load-1' },
    { exitCode: undefined, stdout: 'log of load-2' },
  ]);
});
