import { toCurl } from '../../target/protocol/curl.ts';
import type { Config } from '../config/options.ts';
import { rerunCommand } from '../run/command-line.ts';
import type { RequirementOutcome, Run } from '../verdict/model.ts';
import { checkRows } from './check-rows.ts';
import { digest, duration, plural, tellingCheck, tellingExchange } from './digest.ts';

/** Markdown for a job summary or a pull request. */
export function markdownReport(run: Run, config: Config): string {
  const told = digest(run);
  const lines = [
    `# Assay: ${run.verdict.verdict}`,
    '',
    `\`${run.target.label}\`, profile ${run.profile}, ${duration(run.durationMs)}${run.partial ? ', a part of the catalogue' : ''}`,
    '',
    ...run.verdict.reasons.slice(0, 10).map((reason) => `- ${plain(reason)}`),
    '',
    '| stage | checks | time | |',
    '| --- | ---: | ---: | --- |',
    ...run.stages.map(
      ({ stage, checks, durationMs, reason }) =>
        `| ${stage} | ${checks} | ${duration(durationMs)} | ${plain(reason ?? '')} |`,
    ),
    ...block('Failed', told.failures, config),
    ...block('Could not tell', told.errors, config),
    ...block('Flaky', told.flaky, config),
    ...list(
      'Warnings (not blocking)',
      told.warnings.map(({ requirement }) => `${requirement.id} ${requirement.sentence}`),
    ),
    ...list(
      'Waived',
      told.waived.map(
        ({ requirement, waiver }) => `${requirement.id} until ${waiver?.expires}, ${waiver?.owner}: ${waiver?.reason}`,
      ),
    ),
    ...list(
      'Skipped',
      told.skipped.map(({ reason, ids }) => `${plural(ids.length, 'requirement')}: ${reason} (${ids.join(', ')})`),
    ),
    ...checkTables(run),
    '',
    run.leftAsFound.text,
  ];
  return `${lines.join('\n')}\n`;
}

/** Every check of every stage, folded away: an interaction of the contract is a row. */
function checkTables(run: Run): string[] {
  return run.stages.flatMap(({ stage }) => {
    const rows = checkRows(run, stage).map(
      ({ name, requirements, outcome, durationMs }) =>
        `| ${plain(name)} | ${requirements.join(', ')} | ${outcome} | ${Math.round(durationMs)} |`,
    );
    return [
      '',
      `<details><summary>${stage}: every check</summary>`,
      '',
      '| check | requirement | outcome | ms |',
      '| --- | --- | --- | ---: |',
      ...rows,
      '',
      '</details>',
    ];
  });
}

function block(title: string, outcomes: readonly RequirementOutcome[], config: Config): string[] {
  if (outcomes.length === 0) return [];
  return ['', `## ${title}`, ...outcomes.flatMap((outcome) => item(outcome, config))];
}

function item(outcome: RequirementOutcome, config: Config): string[] {
  const check = tellingCheck(outcome);
  const exchange = tellingExchange(outcome);
  const shell = [rerunCommand(config, outcome.requirement.id), ...(exchange ? [toCurl(exchange)] : [])].join('\n');
  return [
    '',
    `### ${outcome.requirement.id} ${plain(outcome.requirement.sentence)}`,
    '',
    `Level ${outcome.requirement.level}; source: ${plain(outcome.requirement.source)}`,
    '',
    ...(check?.reason ? [`Why: ${plain(check.reason)}`, ''] : []),
    ...(check?.expected ? ['Expected:', '', fence(check.expected), ''] : []),
    ...(check?.actual ? ['Actual:', '', fence(check.actual), ''] : []),
    fence(shell, 'sh'),
  ];
}

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', `## ${title}`, '', ...items.map((text) => `- ${plain(text)}`)];

/** A fence longer than any run of backticks inside it. */
function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}

/** What a provider wrote must not become markup of ours. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|#]/g, '\\$&').replaceAll(/\s*\n\s*/g, ' ');
