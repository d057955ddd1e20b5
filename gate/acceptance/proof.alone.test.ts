import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { requirements } from '../../contracts/requirements.ts';
import { planChecks } from '../../e2e/support/plan.ts';
import { readProof } from '../proof/files.ts';
import { assay } from './assay.ts';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));
const CHECKS = fileURLToPath(new URL('../../e2e/checks', import.meta.url));

test('a defect of each class is killed: the proof in small', async () => {
  const { exitCode, stdout, stderr } = await assay('prove', '--quick', '--quiet');

  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '100.0 %', stderr: '' });
}, 300_000);

test('each file of checks kills a defect: the one that took it least when all were tried', async () => {
  const { trials } = await readProof(DOCS);
  const quickest = trials.toSorted((a, b) => a.durationMs - b.durationMs).map(({ defect }) => defect);
  const ids = requirements.map(({ id }) => id);
  const chosen = planChecks(CHECKS, ids).files.map(
    (file) => quickest.find(({ requirement }) => file.requirements.includes(requirement))?.name ?? file.path,
  );

  const flags = ['--aimed', '--no-variants', '--fresh', '--quiet', '--defect', [...new Set(chosen)].join(',')];
  const { exitCode, stdout, stderr } = await assay('prove', ...flags);

  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '100.0 %', stderr: '' });
}, 600_000);
