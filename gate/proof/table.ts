import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { duration } from '../reports/digest.ts';
import type { Proof, Trial } from './model.ts';
import { killsByStage, neverKilled, overall, percent, type Score, scoreByClass, scoreByLevel } from './score.ts';

/** `docs/proof.md`: the kill table, the false alarms, the scores. Durations are rounded, so that a rerun changes little. */
export function proofPage(proof: Proof, catalogue: readonly Requirement[]): string {
  const never = neverKilled(proof, catalogue);
  return `${[
    '# Proof',
    '',
    'Written by `./assay prove`; do not edit. A defect is a seeded fault of the reference provider; it is *killed* when a check fails',
    'because of it. A false alarm is a failed requirement on a correct provider.',
    '',
    `**${overall(proof).killed} of ${overall(proof).total} defects killed (${percent(overall(proof))}); ${falseAlarms(proof)} false alarms on ${proof.alarms.length} correct providers.**`,
    '',
    ...scores('class', scoreByClass(proof)),
    ...scores('level of the violated requirement', scoreByLevel(proof, catalogue)),
    ...scores('killed by stage', killsByStage(proof)),
    '## Correct providers',
    '',
    '| provider | `assay verify` with | verdict | false alarms | could not tell |',
    '| --- | --- | --- | --- | --- |',
    ...proof.alarms.map(
      ({ variant, asked, verdict, falseAlarms: ids, untold }) =>
        `| ${variant} | ${asked} | ${verdict} | ${ids.join(', ') || '–'} | ${untold.join(', ') || '–'} |`,
    ),
    '',
    '## Defects',
    '',
    '| defect | class | what it does | killed by | time |',
    '| --- | --- | --- | --- | ---: |',
    ...proof.trials.map(row),
    '',
    '## Requirements that killed nothing',
    '',
    ...(never.length === 0
      ? ['None: each requirement that a defect can violate killed at least one.']
      : never.map(({ id, sentence }) => `- ${id} ${sentence}`)),
  ].join('\n')}\n`;
}

const falseAlarms = ({ alarms }: Proof): number => alarms.reduce((sum, alarm) => sum + alarm.falseAlarms.length, 0);

const scores = (what: string, rows: readonly Score[]): string[] => [
  `| ${what} | killed | of | score |`,
  '| --- | ---: | ---: | ---: |',
  ...rows.map((score) => `| ${score.name} | ${score.killed} | ${score.total} | ${percent(score)} |`),
  '',
];

function row({ defect, fate, killers, durationMs, reason = defect.escapes }: Trial): string {
  const by = killers.slice(0, 4).map(({ requirement, stage }) => `${requirement} (${stage})`);
  const more = killers.length > 4 ? `, ${killers.length - 4} more` : '';
  const text = fate === 'killed' ? `${by.join(', ')}${more}` : `**${fate}**${reason ? `: ${reason}` : ''}`;
  return `| ${defect.name} | ${defect.class} | ${defect.sentence} | ${text.replaceAll('|', '\\|').replaceAll('\n', ' ')} | ${duration(durationMs)} |`;
}
