import type { RequirementOutcome, Run } from '../verdict/model.ts';
import type { Alarm } from './model.ts';

/** What a run of the gate says of a provider that is correct. Pure. */
export function readAlarm(run: Run): Pick<Alarm, 'verdict' | 'falseAlarms' | 'untold' | 'found'> {
  const wrong = run.outcomes.filter(isFalseAlarm);
  const untold = run.outcomes.filter(({ outcome }) => outcome === 'error');
  const found = [...new Set([...wrong, ...untold])].flatMap(linesOf);
  return {
    verdict: run.verdict.verdict,
    falseAlarms: wrong.map(({ requirement }) => requirement.id),
    untold: untold.map(({ requirement }) => requirement.id),
    ...(found.length > 0 && { found }),
  };
}

const isFalseAlarm = ({ blocking, checks }: RequirementOutcome): boolean =>
  blocking && checks.some(({ outcome }) => outcome === 'fail');

/** What failed, and what could not be told: the load stage alone may be unable to tell on a busy machine. */
const linesOf = ({ requirement, reason, checks }: RequirementOutcome): string[] => {
  const telling = checks.filter(
    ({ outcome, stage }) => outcome === 'fail' || (outcome === 'error' && stage !== 'load'),
  );
  const lines = telling.map(({ name, outcome, actual, reason }) =>
    outcome === 'fail' ? `${name}: ${actual}` : `${name} (could not tell): ${reason}`,
  );
  const silent = checks.length === 0 && reason !== undefined ? [reason] : [];
  return [...lines, ...silent].map((line) => `${requirement.id} ${line}`.replaceAll(/\s+/g, ' '));
};
