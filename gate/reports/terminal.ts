import pc from 'picocolors';
import { toCurl } from '../../target/protocol/curl.ts';
import type { Outcome } from '../../target/protocol/result.ts';
import type { Config } from '../config/options.ts';
import { rerunCommand } from '../run/command-line.ts';
import type { RequirementOutcome, Run, VerdictName } from '../verdict/model.ts';
import { type Digest, digest, duration, plural, tellingCheck, tellingExchange } from './digest.ts';
import { terminalChecks } from './terminal-checks.ts';

/** At most so many outcomes are told in full; the report files hold them all. */
const IN_FULL = 10;
/** Of what was expected and what was got, in characters. */
const LONGEST = 600;

/** The report for a person: the verdict first, then what to act on. Quiet: the verdict and its reasons only. */
export function terminalReport(run: Run, config: Config): string {
  const told = digest(run);
  const head = headline(run, told);
  if (config.quiet) return `${head.join('\n')}\n`;
  const lines = [
    ...(config.checks ? terminalChecks(run) : []),
    '',
    ...head,
    '',
    ...run.stages.map(stageLine(run)),
    ...section('Failed', told.failures, pc.red, (outcome) => inFull(outcome, config)),
    ...section('Could not tell', sameReason(told.errors), pc.yellow, ({ first, ids }) => [
      ...inFull(first, config),
      ...(ids.length > 0
        ? [pc.dim(`    and ${plural(ids.length, 'requirement')} for the same reason: ${ids.join(', ')}`)]
        : []),
    ]),
    ...section('Flaky: two runs disagreed', told.flaky, pc.yellow, (outcome) => inFull(outcome, config)),
    ...section('Warnings: hardened, not blocking under this profile', told.warnings, pc.yellow, brief),
    ...section('Waived', told.waived, pc.cyan, waived),
    ...(told.skipped.length > 0 ? ['', pc.bold('Skipped')] : []),
    ...told.skipped.map(
      ({ reason, ids }) =>
        `  ${plural(ids.length, 'requirement')}: ${reason}${ids.length <= 3 ? ` (${ids.join(', ')})` : ''}`,
    ),
    ...run.expiredWaivers.map((waiver) =>
      pc.yellow(`  the waiver for ${waiver.requirement} expired on ${waiver.expires} (${waiver.owner})`),
    ),
    '',
    run.leftAsFound.same ? pc.dim(run.leftAsFound.text) : pc.yellow(run.leftAsFound.text),
    ...(config.out ? [pc.dim(`reports in ${config.out}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const BADGE: Readonly<Record<VerdictName, string>> = {
  ship: pc.bold(pc.inverse(pc.green(' SHIP '))),
  reject: pc.bold(pc.inverse(pc.red(' REJECT '))),
  inconclusive: pc.bold(pc.inverse(pc.yellow(' INCONCLUSIVE '))),
};

function headline(run: Run, { counts }: Digest): string[] {
  const { verdict, reasons } = run.verdict;
  const total = run.outcomes.length;
  const scope = run.partial ? pc.yellow(' (a part of the catalogue)') : '';
  const shown = reasons.slice(0, 3).map((reason) => `  ${reason}`);
  const more = reasons.length > 3 ? [`  and ${reasons.length - 3} more`] : [];
  return [
    `${BADGE[verdict]} ${pc.bold(run.target.label)}${scope}  ${pc.dim(`${duration(run.durationMs)}, profile ${run.profile}`)}`,
    ...shown,
    ...more,
    pc.dim(
      `  ${plural(total, 'requirement')}: ${counts.pass} passed, ${counts.fail} failed, ${counts.error} could not tell, ${counts.skipped} skipped, ${counts.waived} waived`,
    ),
  ];
}

const stageLine = (run: Run) => (stage: Run['stages'][number]) => {
  const checks = run.outcomes.flatMap((outcome) => outcome.checks).filter((check) => check.stage === stage.stage);
  const count = (wanted: Outcome) => checks.filter(({ outcome }) => outcome === wanted).length;
  if (stage.state === 'left out') return pc.dim(`- ${stage.stage.padEnd(10)} ${stage.reason}`);
  const broken = stage.state === 'broken';
  const mark = count('fail') > 0 ? pc.red('✗') : broken || count('error') > 0 ? pc.yellow('?') : pc.green('✓');
  const parts = [`${count('fail')} failed`, `${count('error')} could not tell`, `${count('skipped')} skipped`].filter(
    (part) => !part.startsWith('0 '),
  );
  const text = broken ? `no evidence: ${stage.reason}` : [plural(checks.length, 'check'), ...parts].join(', ');
  return `${mark} ${stage.stage.padEnd(10)} ${text} ${pc.dim(duration(stage.durationMs))}`;
};

/** A broken stage leaves many requirements untold for one reason: that is told once. */
function sameReason(outcomes: readonly RequirementOutcome[]) {
  return [...Map.groupBy(outcomes, ({ requirement, reason }) => reason ?? requirement.id).values()].map(
    ([first, ...others]) => ({
      first: first as RequirementOutcome,
      ids: others.map(({ requirement }) => requirement.id),
    }),
  );
}

function section<T>(
  title: string,
  outcomes: readonly T[],
  color: (text: string) => string,
  line: (outcome: T) => string[],
): string[] {
  if (outcomes.length === 0) return [];
  const more =
    outcomes.length > IN_FULL ? [pc.dim(`  and ${outcomes.length - IN_FULL} more: --out FOLDER writes them all`)] : [];
  return ['', color(pc.bold(title)), ...outcomes.slice(0, IN_FULL).flatMap(line), ...more];
}

/** What it takes to act on it: the sentence, expected, actual, how to rerun just it, the exchange. */
function inFull(outcome: RequirementOutcome, config: Config): string[] {
  const { requirement } = outcome;
  const check = tellingCheck(outcome);
  const exchange = tellingExchange(outcome);
  const row = (name: string, text: string | undefined) =>
    text ? [`    ${pc.dim(name.padEnd(9))}${text.split('\n').join(`\n${' '.repeat(13)}`)}`] : [];
  return [
    `  ${pc.bold(requirement.id)} ${requirement.sentence} ${pc.dim(`[${requirement.level}]`)}`,
    ...row('check', check ? `${check.name} (${check.stage})` : undefined),
    ...row('why', check?.outcome === 'fail' ? undefined : (check?.reason ?? outcome.reason)),
    ...row('expected', shorten(check?.expected)),
    ...row('actual', shorten(check?.actual)),
    ...row('rerun', rerunCommand(config, requirement.id)),
    ...row('exchange', exchange ? toCurl(exchange) : undefined),
    ...row('answer', exchange ? answerOf(exchange) : undefined),
  ];
}

const shorten = (text: string | undefined): string | undefined =>
  text !== undefined && text.length > LONGEST ? `${text.slice(0, LONGEST)}… (--out FOLDER writes it all)` : text;

function answerOf(exchange: NonNullable<ReturnType<typeof tellingExchange>>): string {
  const body = (exchange.responseBody ?? '').replace(/\s+/g, ' ');
  return exchange.status === undefined
    ? `none: ${exchange.error}`
    : `${exchange.status} ${body.length > 160 ? `${body.slice(0, 160)}…` : body}`;
}

const brief = ({ requirement, checks }: RequirementOutcome): string[] => [
  `  ${pc.bold(requirement.id)} ${requirement.sentence}`,
  `    ${pc.dim('actual   ')}${checks.find(({ outcome }) => outcome === 'fail')?.actual?.split('\n')[0] ?? ''}`,
];

const waived = ({ requirement, waiver }: RequirementOutcome): string[] => [
  `  ${pc.bold(requirement.id)} ${requirement.sentence}`,
  `    ${pc.dim(`until ${waiver?.expires}, ${waiver?.owner}: ${waiver?.reason}`)}`,
];
