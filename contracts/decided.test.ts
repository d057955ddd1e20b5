import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Stage } from '../target/protocol/result.ts';
import { rawChecks } from './raw/checks.ts';
import { requirements } from './requirements.ts';
import { readCommittedPacts } from './verification/committed-pacts.ts';

const root = new URL('..', import.meta.url).pathname;

/** The ids in the sources of a stage: read, not imported, because the arrows point the other way. */
function idsIn(pattern: string): Set<string> {
  const files = globSync(pattern, { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  return new Set(files.flatMap((file) => readFileSync(`${root}${file}`, 'utf8').match(/USR-[A-Z]+-\d{3}/g) ?? []));
}

const interactions = await readCommittedPacts();

/** What decides requirements: interactions and raw checks, e2e checks, budgets. */
const decided: Readonly<Record<Stage, ReadonlySet<string>>> = {
  contracts: new Set([
    ...interactions.flatMap((interaction) => interaction.requirements),
    ...rawChecks.map(({ requirement }) => requirement),
  ]),
  e2e: idsIn('e2e/{checks/**/*,support/plan}.ts'),
  load: idsIn('load/budgets.json'),
};

/** What the gate itself sees after every stage: whether the target still stands. */
const byTheGate = idsIn('gate/run/alive.ts');

describe('the catalogue and what decides it', () => {
  test.each(['contracts', 'e2e', 'load'] as const)('every requirement of the stage %s is decided there', (stage) => {
    const undecided = requirements.filter(
      ({ id, stages }) => stages.some((name) => name === stage) && !decided[stage].has(id) && !byTheGate.has(id),
    );

    expect(undecided.map(({ id }) => id)).toEqual([]);
  });

  test('no interaction and no raw check decides what is not declared for the contracts stage', () => {
    const declared = new Set<string>(
      requirements.filter(({ stages }) => stages.some((name) => name === 'contracts')).map(({ id }) => id),
    );

    expect([...decided.contracts].filter((id) => !declared.has(id))).toEqual([]);
  });

  test('there are at least 30 interactions, each of a consumer with a description of its own', () => {
    const names = interactions.map(({ consumer, description }) => `${consumer}: ${description}`);

    expect(names.length).toBeGreaterThanOrEqual(30);
    expect(names).toEqual([...new Set(names)]);
  });
});
