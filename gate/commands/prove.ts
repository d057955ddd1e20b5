import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { requirements } from '../../contracts/requirements.ts';
import { cacheFolder, type Surroundings } from '../config/read.ts';
import { EXIT, UsageError } from '../errors.ts';
import { readProof, writeProof } from '../proof/files.ts';
import { mergeProofs } from '../proof/merge.ts';
import type { Defect } from '../proof/model.ts';
import { prove } from '../proof/prove.ts';
import { overall, percent } from '../proof/score.ts';
import { proofPage } from '../proof/table.ts';
import { listDefects } from '../proof/trial.ts';
import { listVariants } from '../proof/variants.ts';
import { plural } from '../reports/digest.ts';
import { listenForInterrupt } from '../run/interrupt.ts';
import { openWatch } from '../run/watch.ts';
import { chooseVariants, proveUnderNoise, readJobs, variantFlags } from './prove-noise.ts';

/**
 * Each takes some hundred megabytes. With three for each core one in seventy defects was not killed by the check that kills it alone:
 * the checks then tell that the machine is crowded.
 */
const DEFAULT_JOBS = Math.min(availableParallelism(), 24);

interface ProveFlags {
  readonly defect?: string;
  readonly class?: string;
  readonly quick?: boolean;
  readonly all?: boolean;
  readonly aimed?: boolean;
  readonly variants: boolean;
  readonly variant?: string;
  readonly noise?: string;
  readonly json?: boolean;
  readonly stages: string;
  readonly except?: string;
  readonly jobs?: string;
  readonly fresh?: boolean;
  readonly out?: string;
  readonly quiet?: boolean;
}

/** `assay prove`: tries the suite on seeded faults and on correct providers that differ. Exits 1 when a defect lives or a variant is rejected. */
export function addProve(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('prove')
    .description('measure the suite itself: seeded faults killed, false alarms on correct providers')
    .option('--defect <names>', 'just these defects, a comma between them')
    .option('--quick', 'just one defect of each class, and no correct provider')
    .option('--class <names>', 'just the defects of these classes')
    .option('--all', 'do not stop at the first kill: gather every killer')
    .option(
      '--aimed',
      'ask just for the requirement that a defect is said to violate: finds those that are aimed badly',
    )
    .option('--no-variants', 'leave the correct providers out')
    .option('--variant <names>', 'just these correct providers')
    .option(
      '--noise <runs>',
      'no defects: so many runs on each correct provider while another process keeps a core busy',
    )
    .option('--stages <list>', 'the stages that the correct providers go through', 'contracts,e2e,load')
    .option('--except <ids>', 'and the requirements that they are not held against, e.g. USR-DUR,USR-FAULT')
    .option(
      '--jobs <number>',
      `trials at once, where timing does not matter (default ${DEFAULT_JOBS}, one for each core, at most 24; with --noise 1)`,
    )
    .option('--fresh', 'forget the trials of an interrupted proof, and with --noise the runs in --out')
    .option(
      '--out <folder>',
      'write proof.md and proof.json there (and noise.md, noise.json), with what they say of all not tried now',
    )
    .option('--json', 'with --noise: print JSON')
    .option('--quiet', 'print the score only')
    .action(async (flags: ProveFlags) => {
      const { noise } = flags;
      if (noise !== undefined) {
        const isRejected = await proveUnderNoise({ ...flags, noise }, surroundings);
        return finish(isRejected ? EXIT.reject : EXIT.ship);
      }
      const known = await listDefects();
      const defects = chooseDefects(known, flags);
      const { variants: all, missing } =
        flags.variants && !flags.quick ? await listVariants() : { variants: [], missing: [] };
      const variants = chooseVariants(all, all.length > 0 ? flags.variant : undefined);
      const resumeFile = join(
        cacheFolder(surroundings),
        `proof-${flags.all ? 'all' : flags.aimed ? 'aimed' : 'first'}.json`,
      );
      if (flags.fresh) await rm(resumeFile, { force: true });
      await mkdir(cacheFolder(surroundings), { recursive: true });
      using interrupt = listenForInterrupt();
      const watch = openWatch({ quiet: flags.quiet ?? false, terminal: process.stderr.isTTY === true });
      const tried = await watch.phase(
        `Proof on ${plural(defects.length, 'defect')} and ${plural(variants.length, 'correct provider')}`,
        async (tell) => {
          const value = await prove({
            defects,
            variants,
            variantFlags: variantFlags(flags),
            all: flags.all ?? false,
            aimed: flags.aimed ?? false,
            jobs: readJobs(flags.jobs ?? String(DEFAULT_JOBS)),
            ...(flags.quick ? {} : { resumeFile }),
            surroundings,
            signal: interrupt.signal,
            tell,
          });
          return { value, summary: `${percent(overall(value))} killed` };
        },
      );
      if (!flags.quick) await rm(resumeFile, { force: true });
      const folder = flags.out === undefined ? undefined : resolve(surroundings.cwd, flags.out);
      const proof = folder
        ? mergeProofs(await readProof(folder), tried, known, (await listVariants()).variants)
        : tried;
      process.stdout.write(flags.quiet ? `${percent(overall(proof))}\n` : proofPage(proof, requirements));
      for (const why of missing) process.stderr.write(`not tried: ${why}\n`);
      if (folder) await writeProof(folder, proof);
      const alive = proof.trials.some(({ fate }) => fate !== 'killed');
      const alarmed = proof.alarms.some(({ verdict }) => verdict === 'reject');
      finish(alive || alarmed ? EXIT.reject : EXIT.ship);
    });
}

function chooseDefects(defects: readonly Defect[], flags: ProveFlags): Defect[] {
  const names = flags.defect?.split(',') ?? [];
  const classes = flags.class?.split(',') ?? [];
  const strangeName = names.find((name) => !defects.some((defect) => defect.name === name));
  if (strangeName !== undefined) throw new UsageError(`--defect ${strangeName}: there is no such defect`);
  const known = [...new Set(defects.map((defect) => defect.class))];
  const strangeClass = classes.find((name) => !known.includes(name));
  if (strangeClass !== undefined) throw new UsageError(`--class ${strangeClass}: there is ${known.join(', ')}`);
  if (flags.quick) return known.map((name) => defects.find((defect) => defect.class === name) as Defect);
  return defects.filter(
    (defect) =>
      (names.length === 0 || names.includes(defect.name)) && (classes.length === 0 || classes.includes(defect.class)),
  );
}
