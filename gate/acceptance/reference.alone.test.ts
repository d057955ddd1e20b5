import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Run } from '../verdict/model.ts';
import { assay, startAssay } from './assay.ts';

describe('the reference provider', () => {
  test('ships under the hardened profile, with evidence from contracts and e2e, in four report files', async () => {
    const out = mkdtempSync(join(tmpdir(), 'acceptance-'));

    const { exitCode, stdout, stderr } = await assay(
      'verify',
      '--stages',
      'contracts,e2e',
      '--profile',
      'hardened',
      '--out',
      out,
    );
    const files = readdirSync(out).sort();
    const run: Run = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    rmSync(out, { recursive: true });

    expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0 });
    expect(files).toEqual(['junit.xml', 'report.html', 'report.json', 'report.md']);
    expect(run.stages).toMatchObject([
      { stage: 'contracts', state: 'complete' },
      { stage: 'e2e', state: 'complete' },
    ]);
    expect(run.outcomes.filter(({ outcome }) => outcome !== 'pass').map(({ requirement }) => requirement.id)).toEqual(
      [],
    );
    expect(run.leftAsFound).toMatchObject({ same: true });
  }, 300_000);

  test('ships from a folder that has nothing to do with Assay, and the reports are put there', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'elsewhere-'));

    const only = 'USR-SNAP-001,USR-ONE-004';
    const { exitCode, stderr } = await startAssay(['verify', '--only', only, '--quiet', '--out', 'report'], { cwd });
    const files = readdirSync(join(cwd, 'report'));
    rmSync(cwd, { recursive: true });

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(files).toContain('report.json');
  }, 60_000);

  test('is never rejected under load; a machine that is too busy is inconclusive', async () => {
    const { exitCode, stdout } = await assay('verify', '--stages', 'load');

    expect({ exitCode: exitCode === 2 ? 0 : exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/SHIP|INCONCLUSIVE/);
  }, 300_000);
});
