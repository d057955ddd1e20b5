import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../k6/plan.ts';
import type { Part } from '../run/plan.ts';
import { type DistributeOptions, distributeOptionsSchema } from './options.ts';
import { partOf } from './plan.ts';

/** What was written, for whoever reads the verdict later: it is held against this, not against flags given again. */
const expectedSchema = distributeOptionsSchema.pick({
  parallelism: true,
  workload: true,
  journey: true,
  rate: true,
  seconds: true,
  namespace: true,
  name: true,
});

export interface Expected {
  readonly plan: Plan;
  readonly part: Part;
  readonly parallelism: number;
  readonly namespace: string;
  readonly name: string;
}

const files = (out: string) => ({ plan: join(out, 'plan.json'), expected: join(out, 'expected.json') });

export async function writeExpected(options: DistributeOptions, plan: Plan): Promise<void> {
  const { parallelism, workload, journey, rate, seconds, namespace, name } = options;
  const expected = { parallelism, workload, journey, rate, seconds, namespace, name };
  await writeFile(files(options.out).plan, JSON.stringify(plan, null, 2));
  await writeFile(files(options.out).expected, JSON.stringify(expected, null, 2));
}

/** Rejects where nothing was written; the message says what to do. */
export async function readExpected(out: string): Promise<Expected> {
  try {
    const { plan, expected } = files(out);
    const read = expectedSchema.parse(JSON.parse(await readFile(expected, 'utf8')));
    return { ...read, part: partOf(read), plan: JSON.parse(await readFile(plan, 'utf8')) };
  } catch (cause) {
    throw new Error(`${out} is no folder that \`assay load distribute\` wrote: ${(cause as Error).message}`, { cause });
  }
}
