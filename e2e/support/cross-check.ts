import type { CheckResult } from '../../target/protocol/result.ts';
import type { JestFile, JestTest } from './jest-results.ts';
import type { Plan, PlannedFile } from './plan.ts';

const LONGEST_REASON = 1_500;

/** How a check is called in Jest. */
export const titleOf = ({ requirement, name }: Pick<CheckResult, 'requirement' | 'name'>): string =>
  `${requirement} ${name}`;

/**
 * Holds what the checks reported against what was planned and what Jest saw. Whatever does not agree (a file that
 * crashed or held no check, a check that ended without a report, a report that Jest contradicts) adds an `error`.
 */
export function crossCheck(plan: Plan, checks: readonly CheckResult[], jest: readonly JestFile[]): CheckResult[] {
  const reports = new Map(checks.map((check) => [titleOf(check), check]));
  const ran = new Map(jest.map((file) => [file.path, file]));
  const unplanned = plan.unplanned.map((id) => broken(id, 'no check', 'no file under e2e/checks names it'));
  const disagreeing = plan.files.flatMap((file) => checkFile(file, ran.get(file.path), reports));
  return [...checks, ...unplanned, ...disagreeing];
}

type Reports = ReadonlyMap<string, CheckResult>;

function checkFile(planned: PlannedFile, ran: JestFile | undefined, reports: Reports): CheckResult[] {
  const tests = ran?.tests ?? [];
  const unheard = planned.requirements.filter((id) => !tests.some(({ title }) => title.startsWith(`${id} `)));
  const why = ran?.message.trim() || 'it held no such check';
  return [
    ...unheard.map((id) => broken(id, 'no check ran', `${planned.path}: ${why}`)),
    ...tests.flatMap((jestTest) => checkTest(jestTest, reports.get(jestTest.title))),
  ];
}

function checkTest({ title, passed, message }: JestTest, report: CheckResult | undefined): CheckResult[] {
  const [id = '', ...words] = title.split(' ');
  const name = words.join(' ');
  if (!report) return [broken(id, name, `the check ended without a report: ${message}`)];
  const reportedGood = report.outcome === 'pass' || report.outcome === 'skipped';
  return reportedGood === passed ? [] : [broken(id, name, `reported ${report.outcome}, Jest disagrees: ${message}`)];
}

const broken = (requirement: string, name: string, reason: string): CheckResult => ({
  requirement,
  name,
  outcome: 'error',
  reason: reason.slice(0, LONGEST_REASON),
  durationMs: 0,
});
