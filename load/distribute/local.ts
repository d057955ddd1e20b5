import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { outputsOf } from '../run/outputs.ts';
import { refuseLoad } from '../safety.ts';
import type { DistributeOptions } from './options.ts';
import { partOf } from './plan.ts';
import type { RunnerOutput } from './verdict.ts';

/** The share of segment `index` of `count`, as k6 wants it: exact fractions. */
export const segmentOf = (index: number, count: number): string => `${index}/${count}:${index + 1}/${count}`;

const sequenceOf = (count: number): string =>
  Array.from({ length: count + 1 }, (_, index) => `${index}/${count}`).join(',');

/** Runs all segments of an archive at once on this machine, as the operator's runners would: for tests, and to try an archive. */
export async function runSegments(options: DistributeOptions): Promise<RunnerOutput[]> {
  const { k6 = 'k6', out, parallelism, baseUrl, allowRemote, prometheus } = options;
  const refused = refuseLoad(baseUrl, allowRemote);
  if (refused !== undefined) throw new Error(refused);

  const { args, env } = outputsOf({ prometheus }, partOf(options), 1);
  const people = options.people === undefined ? {} : { PEOPLE: await readFile(options.people, 'utf8') };
  const told = { BASE_URL: baseUrl, ...people, ...env };
  const runOne = async (index: number): Promise<RunnerOutput> => {
    const segment = [`--execution-segment=${segmentOf(index, parallelism)}`];
    const sequence = [`--execution-segment-sequence=${sequenceOf(parallelism)}`];
    const own = ['--quiet', '--no-color', '--config', join(out, 'config.json'), '--tag', `instance_id=${index + 1}`];
    const { exitCode, stdout } = await execa(
      k6,
      ['run', ...own, ...segment, ...sequence, ...args, join(out, 'archive.tar')],
      {
        extendEnv: false,
        env: {
          HOME: out,
          K6_NO_USAGE_REPORT: 'true',
          K6_AUTO_EXTENSION_RESOLUTION: 'false',
          ...told,
        },
        reject: false,
        stdin: 'ignore',
      },
    );
    return { exitCode, stdout };
  };
  return Promise.all(Array.from({ length: parallelism }, (_, index) => runOne(index)));
}
