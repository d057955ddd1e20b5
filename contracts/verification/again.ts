/** The part of an outcome that a second run may change. */
interface Decided {
  readonly outcome: 'pass' | 'skipped' | 'fail' | 'error';
  readonly reason?: string | undefined;
  readonly flaky?: boolean | undefined;
}

/**
 * Runs the subjects, and once more (on fresh users) those that failed: a failure counts when it comes twice. When the second
 * run disagrees, we cannot tell, and say so: the outcome is `error` and flaky.
 */
export async function again<Subject, Outcome extends Decided>(
  subjects: readonly Subject[],
  run: (subjects: readonly Subject[]) => Promise<Map<Subject, Outcome>>,
): Promise<Map<Subject, Outcome>> {
  const first = subjects.length === 0 ? new Map<Subject, Outcome>() : await run(subjects);
  const failed = subjects.filter((subject) => first.get(subject)?.outcome === 'fail');
  if (failed.length === 0) return first;
  const second = await run(failed);
  for (const subject of failed) {
    if (second.get(subject)?.outcome === 'fail') continue;
    const { outcome: then } = second.get(subject)!;
    const reason = `it failed, and a second run on fresh users did not (${then})`;
    first.set(subject, { ...first.get(subject)!, outcome: 'error', reason, flaky: true });
  }
  return first;
}
