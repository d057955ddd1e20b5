import { createRequire } from 'node:module';
import { toCurl } from '../../target/protocol/curl.ts';
import type { Config } from '../config/options.ts';
import { rerunCommand } from '../run/command-line.ts';
import type { Run } from '../verdict/model.ts';

const builder = createRequire(import.meta.url)('junit-report-builder') as typeof import('junit-report-builder').default;

/** JUnit XML: a suite per stage, a test case per check. A failure that does not block is a passed case with its text in system-out. */
export function junitReport(run: Run, config: Config): string {
  const report = builder.newBuilder();
  for (const { stage, state, reason, durationMs } of run.stages) {
    const suite = report
      .testSuite()
      .name(stage)
      .time(durationMs / 1000)
      .timestamp(run.startedAt);
    if (state === 'broken') suite.testCase().name(`the ${stage} stage gives evidence`).error(clean(reason));
    for (const { requirement, checks, blocking, waiver } of run.outcomes) {
      for (const check of checks.filter((one) => one.stage === stage)) {
        const item = suite
          .testCase()
          .className(`${stage}.${requirement.operation}`)
          .time(check.durationMs / 1000);
        item.name(clean(`${requirement.id} ${check.name}`));
        const exchange = check.evidence?.exchanges?.at(-1);
        const text = clean(
          [
            requirement.sentence,
            `expected: ${check.expected ?? ''}`,
            `actual: ${check.actual ?? ''}`,
            `rerun: ${rerunCommand(config, requirement.id)}`,
            exchange ? toCurl(exchange) : '',
          ].join('\n'),
        );
        if (check.outcome === 'fail' && blocking && !waiver) item.failure(text, requirement.level);
        else if (check.outcome === 'fail')
          item.standardOutput(clean(`${waiver ? `waived: ${waiver.reason}` : 'not blocking'}\n${text}`));
        if (check.outcome === 'error') item.error(clean(check.reason), check.flaky ? 'flaky' : 'could not tell', text);
        if (check.outcome === 'skipped') item.skipped();
      }
    }
  }
  return report.build();
}

/** XML 1.0 has no place for most control characters, escaped or not. */
const clean = (text = ''): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').toWellFormed();
