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
export function crossCheck(
  plan: Plan,
  checks: readonly CheckResult[],
  jest: readonly JestFile[],
  unloaded: ReadonlyMap<string, string> = new Map(),
): CheckResult[] {
  const reports = new Map(checks.map((check) => [titleOf(check), check]));
  const tests = jest.flatMap((file) => file.tests);
  const crashed = jest.map(({ message }) => message.trim()).find((message) => message !== '');
  const unplanned = plan.unplanned.map((id) => broken(id, 'no check', 'no file under e2e/checks names it'));
  const unheard = plan.files.flatMap((file) => checkFile(file, tests, unloaded.get(file.path), crashed));
  const disagreeing = tests.flatMap((jestTest) => checkTest(jestTest, reports.get(jestTest.title)));
  return [...checks, ...unplanned, ...unheard, ...disagreeing];
}

/** A file that could not be loaded may hold more checks than it came to register: none of its requirements is decided. */
function checkFile(
  { path, requirements }: PlannedFile,
  tests: readonly JestTest[],
  unloaded: string | undefined,
  crashed = 'it held no such check',
): CheckResult[] {
  return requirements
    .filter((id) => unloaded !== undefined || !tests.some(({ title }) => title.startsWith(`${id} `)))
    .map((id) => broken(id, 'no check ran', `${path}: ${unloaded ?? crashed}`));
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
