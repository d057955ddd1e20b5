import type { RequirementOutcome, Run } from '../verdict/model.ts';
import type { Alarm } from './model.ts';

/** What a run of the gate says of a provider that is correct. Pure. */
export function readAlarm(run: Run): Pick<Alarm, 'verdict' | 'falseAlarms' | 'untold' | 'found'> {
  const wrong = run.outcomes.filter(isFalseAlarm);
  const found = wrong.flatMap(({ requirement, checks }) =>
    checks
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ name, actual = 'nothing is said of what was seen' }) =>
        `${requirement.id} ${name}: ${actual}`.replaceAll(/\s+/g, ' '),
      ),
  );
  return {
    verdict: run.verdict.verdict,
    falseAlarms: wrong.map(({ requirement }) => requirement.id),
    untold: run.outcomes.filter(({ outcome }) => outcome === 'error').map(({ requirement }) => requirement.id),
    ...(found.length > 0 && { found }),
  };
}

const isFalseAlarm = ({ blocking, checks }: RequirementOutcome): boolean =>
  blocking && checks.some(({ outcome }) => outcome === 'fail');
