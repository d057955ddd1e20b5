import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type DistributeOptions, distributeOptionsSchema } from '../distribute/options.ts';
import { writeFiles } from '../distribute/write.ts';
import { k6ForTests } from './k6.ts';

/** Files as `load distribute` writes them, in a folder of their own. */
export async function writeDistribution(
  overrides: Partial<z.input<typeof distributeOptionsSchema>>,
): Promise<AsyncDisposable & { readonly options: DistributeOptions }> {
  const out = await mkdtemp(join(tmpdir(), 'assay-distribute-'));
  const options = distributeOptionsSchema.parse({ mode: 'local', k6: await k6ForTests(), out, ...overrides });
  await writeFiles(options);
  return { options, [Symbol.asyncDispose]: () => rm(out, { recursive: true }) };
}
