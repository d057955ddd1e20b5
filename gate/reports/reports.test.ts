import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../config/read.ts';
import { buildCheck, buildOutcome, buildRun, buildStageRun } from '../verdict/fixtures.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { terminalReport } from './terminal.ts';

const config = readConfig({ providerCommand: 'node server.js' }, { cwd: '/caller', env: {} });
const hostile = '</pre><script>alert(1)</script> `` ]]> \u001b[31m \u0000 & "quoted"';
const failing = buildRun({
  outcomes: [
    buildOutcome({
      outcome: 'fail',
      checks: [
        {
          ...buildCheck({
            outcome: 'fail',
            expected: 'status 200',
            actual: `status 500 ${hostile}`,
            evidence: {
              exchanges: [
                {
                  method: 'GET',
                  url: 'http://127.0.0.1:4000/users',
                  requestHeaders: {},
                  status: 500,
                  responseBody: hostile,
                  durationMs: 3,
                },
              ],
            },
          }),
          stage: 'e2e',
        },
      ],
    }),
  ],
});

describe.each([
  ['terminal', terminalReport],
  ['Markdown', markdownReport],
  ['HTML', htmlReport],
  ['JUnit', junitReport],
])('the %s report of a failure', (_name, write) => {
  test.each([
    ['the requirement', 'USR-SNAP-001'],
    ['what was expected', 'status 200'],
    ['what was seen', 'status 500'],
    ['the command that reruns just it', '--only USR-SNAP-001'],
    ['the exchange as curl', 'curl'],
  ])('holds %s', (_what, text) => {
    expect(write(failing, config)).toContain(text);
  });
});

describe('the reports', () => {
  test('do not let what a provider wrote become markup', () => {
    expect(htmlReport(failing, config)).not.toContain('<script>');
    const reason = buildRun({ outcomes: [buildOutcome({ outcome: 'error', reason: hostile })] });
    expect(markdownReport(reason, config)).toContain('\\<script\\>');
  });

  test('give JUnit without characters that XML cannot hold', () => {
    const xml = junitReport(failing, config);

    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
    expect(xml).not.toMatch(/[\u0000-\u0008\u001b]/);
    expect(xml).toContain('failures="1"');
  });

  test('count a broken stage as an error in JUnit', () => {
    const broken = buildRun({
      outcomes: [],
      stages: [buildStageRun({ state: 'broken', reason: 'it crashed', checks: 0 })],
    });

    expect(junitReport(broken, config)).toContain('errors="1"');
  });

  test('read back as JSON', () => {
    expect(JSON.parse(jsonReport(failing))).toEqual(failing);
  });

  test('say the verdict first', () => {
    expect(terminalReport(failing, config).trim()).toMatch(/^REJECT/);
    expect(markdownReport(failing, config)).toMatch(/^# Assay: reject/);
  });

  test('say of a flaky requirement that two runs disagreed, in a section of its own', () => {
    const checks = [
      { ...buildCheck({ outcome: 'error', flaky: true, reason: 'passed the second time' }), stage: 'e2e' as const },
    ];
    const flaky = buildRun({
      outcomes: [buildOutcome({ outcome: 'error', checks, reason: 'passed the second time' })],
    });

    expect(terminalReport(flaky, config)).toContain('Flaky: two runs disagreed');
    expect(flaky.verdict.verdict).toBe('inconclusive');
  });

  test('have a row for every interaction, once, with every requirement that it decides', () => {
    const check = { ...buildCheck({ name: 'a client: one interaction' }), stage: 'contracts' as const };
    const outcomes = [
      buildOutcome({ checks: [check] }),
      buildOutcome({ checks: [{ ...check, requirement: 'USR-SNAP-004' }] }),
    ];
    const run = buildRun({ outcomes, stages: [buildStageRun({ stage: 'contracts' })] });
    const contractsOnly = readConfig({ stages: 'contracts' }, { cwd: '/caller', env: {} });
    const rows = (report: string) => report.split('\n').filter((line) => line.includes('one interaction'));

    expect(rows(terminalReport(run, contractsOnly))).toEqual([
      expect.stringMatching(/USR-SNAP-001 USR-SNAP-004 .* a client: one interaction/),
    ]);
    expect(rows(markdownReport(run, config))).toEqual([
      '| a client: one interaction | USR-SNAP-001, USR-SNAP-004 | pass | 5 |',
    ]);
    expect(rows(htmlReport(run, config))).toHaveLength(1);
    expect(rows(terminalReport(run, config))).toEqual([]);
  });
});
