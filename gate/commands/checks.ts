import type { Command } from 'commander';
import pc from 'picocolors';
import { LEVELS } from '../../contracts/requirements/requirement.ts';
import { requirements } from '../../contracts/requirements.ts';
import { UsageError } from '../errors.ts';
import { plural } from '../reports/digest.ts';

/** `assay checks`: the catalogue, with level and source. */
export function addChecks(program: Command): void {
  program
    .command('checks')
    .description('list every requirement with its level, its stages and its source')
    .option('--level <level>', LEVELS.join(', '))
    .option('--json', 'print JSON')
    .action(({ level, json }: { level?: string; json?: boolean }) => {
      if (level !== undefined && !LEVELS.some((known) => known === level))
        throw new UsageError(`--level ${level}: there is ${LEVELS.join(', ')}`);
      const chosen = requirements.filter((requirement) => level === undefined || requirement.level === level);
      process.stdout.write(
        json ? `${JSON.stringify(chosen, null, 2)}\n` : `${chosen.map(entry).join('\n')}\n\n${total(chosen)}\n`,
      );
    });
}

const entry = ({ id, level, stages, sentence, source }: (typeof requirements)[number]): string =>
  `${pc.bold(id)} ${pc.cyan(level)} ${pc.dim(stages.join(', '))}\n  ${sentence}\n  ${pc.dim(source)}`;

function total(chosen: readonly (typeof requirements)[number][]): string {
  const counts = LEVELS.map(
    (level) => `${chosen.filter((requirement) => requirement.level === level).length} ${level}`,
  );
  return `${plural(chosen.length, 'requirement')}: ${counts.join(', ')}`;
}
