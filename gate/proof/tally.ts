import type { Alarm } from './model.ts';

/** What many runs of the gate on one correct provider came to. */
export interface Tally {
  readonly variant: string;
  readonly runs: number;
  readonly shipped: number;
  /** Must be none. */
  readonly rejected: number;
  readonly inconclusive: number;
  /** How often each requirement failed, or could not be told. */
  readonly falseAlarms: Readonly<Record<string, number>>;
  readonly untold: Readonly<Record<string, number>>;
}

/** One tally a provider, in order of first appearance. */
export function tallies(alarms: readonly Alarm[]): Tally[] {
  return [...Map.groupBy(alarms, ({ variant }) => variant)].map(([variant, all]) => {
    const ended = (name: Alarm['verdict']) => all.filter(({ verdict }) => verdict === name).length;
    return {
      variant,
      runs: all.length,
      shipped: ended('ship'),
      rejected: ended('reject'),
      inconclusive: ended('inconclusive'),
      falseAlarms: count(all.flatMap(({ falseAlarms }) => falseAlarms)),
      untold: count(all.flatMap(({ untold }) => untold)),
    };
  });
}

/** Of each provider the run that ended worst, in order of first appearance. */
export const worstOfEach = (alarms: readonly Alarm[]): Alarm[] =>
  [...Map.groupBy(alarms, ({ variant }) => variant).values()].flatMap(
    (all) => [...all].sort((a, b) => BAD.indexOf(b.verdict) - BAD.indexOf(a.verdict))[0] ?? [],
  );

/** From good to bad. */
const BAD: readonly Alarm['verdict'][] = ['ship', 'inconclusive', 'reject'];

function count(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]).sort());
}

/** The tallies as Markdown. */
export function noisePage(runs: readonly Alarm[], asked: string): string {
  const rows = tallies(runs);
  const crowded = runs.filter(({ together }) => together !== undefined);
  const sum = (of: (tally: Tally) => number) => rows.reduce((total, tally) => total + of(tally), 0);
  return `${[
    '# False alarms under noise',
    '',
    `Written by \`./assay prove --noise\`; do not edit. Each run: \`assay verify ${asked}\`. Another process kept one core busy meanwhile.`,
    ...(crowded.length > 0
      ? [
          `${crowded.length} of the runs went side by side, up to ${Math.max(...crowded.map(({ together = 1 }) => together))} at once.`,
        ]
      : []),
    '',
    `**${sum(({ rejected }) => rejected)} rejections and ${sum(({ inconclusive }) => inconclusive)} inconclusive verdicts in ${sum(({ runs }) => runs)} runs on ${rows.length} correct providers.**`,
    '',
    '| provider | runs | shipped | rejected | inconclusive | false alarms | could not tell |',
    '| --- | ---: | ---: | ---: | ---: | --- | --- |',
    ...rows.map(
      ({ variant, runs, shipped, rejected, inconclusive, falseAlarms, untold }) =>
        `| ${variant} | ${runs} | ${shipped} | ${rejected} | ${inconclusive} | ${listed(falseAlarms)} | ${listed(untold)} |`,
    ),
    ...whatFailed(runs),
  ].join('\n')}\n`;
}

function whatFailed(runs: readonly Alarm[]): string[] {
  const lines = runs.flatMap(({ variant, found = [] }) => found.map((line) => `- ${variant}: ${line}`));
  return lines.length > 0 ? ['', '## What failed, or could not be told before the load stage', '', ...lines] : [];
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, times]) => `${name} (${times})`)
    .join(', ') || '–';
