import { expect, test } from '@jest/globals';
import { assay } from './assay.ts';

test('a defect of each class is killed: the proof in small', async () => {
  const { exitCode, stdout, stderr } = await assay('prove', '--quick', '--quiet');

  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '100.0 %', stderr: '' });
}, 300_000);
