import { buildExchange, type RawExchange } from '../../target/exchange.ts';
import { redact } from '../../target/protocol/redact.ts';
import type { CheckResult, Exchange } from '../../target/protocol/result.ts';
import { injectedMismatches } from './injected.ts';
import type { Interaction } from './pact-file.ts';
import { NotTried } from './patience.ts';
import type { Mismatch, VerifierResult } from './run-verifier.ts';
import { NotSent, Unavailable } from './scene.ts';

/** What is known of one interaction when the verifier has ended. */
export interface Observation {
  readonly interaction: Interaction;
  /** Absent when the verifier said nothing of it. */
  readonly result?: VerifierResult | undefined;
  /** What went over the wire. Absent when nothing did. */
  readonly exchange?: RawExchange | undefined;
  /** What its states have given. */
  readonly given?: Readonly<Record<string, string>> | undefined;
  /** Why its state could not be made. Absent when it was. */
  readonly problem?: unknown;
  /** The requests that made its state. */
  readonly setUp?: readonly Exchange[];
  /** Why the verifier ended before its time. Absent when it did not. */
  readonly crash?: unknown;
}

/** The outcome of one interaction; `requirement` is added for each that it decides. */
export type InteractionOutcome = Omit<CheckResult, 'requirement'> & {
  /** Skipped because the target leaves out what it may rightly leave out: nothing is missing from the evidence. */
  readonly notApplicable?: true;
};

/**
 * Decides one interaction from what was observed. The verifier's word alone does not make a pass: its state must have been
 * made, and a request must have been answered. A state that the target could not be brought into is an error of the check.
 */
export function decide({
  interaction,
  result,
  exchange,
  given = {},
  problem,
  crash,
  setUp = [],
}: Observation): InteractionOutcome {
  const common = {
    name: `${interaction.consumer}: ${interaction.description}`,
    durationMs: exchange?.durationMs ?? 0,
    evidence: { exchanges: exchange ? [buildExchange(exchange)] : [...setUp] },
  };
  const error = (reason: string): InteractionOutcome => ({ ...common, outcome: 'error', reason: redact(reason) });
  if (problem instanceof NotSent)
    return { ...common, outcome: 'skipped', reason: problem.message, notApplicable: true };
  if (problem instanceof Unavailable) return { ...common, outcome: 'skipped', reason: problem.message };
  if (problem instanceof NotTried) return error(problem.message);
  if (problem !== undefined) return error(`its state could not be made: ${messageOf(problem)}`);
  if (!exchange)
    return error(result?.mismatch?.message ?? messageOf(crash ?? 'the verifier has sent no request for it'));
  if (exchange.status === undefined) {
    return { ...common, outcome: 'fail', expected: 'an answer', actual: `no answer: ${exchange.error}` };
  }
  const { status } = exchange;
  if (!result) return error(messageOf(crash ?? 'the verifier said nothing of it'));
  const mismatches = [
    ...(result.mismatch?.mismatches ?? []),
    ...injectedMismatches(interaction, given, parseJson(exchange.responseBody)),
  ];
  if (mismatches.length === 0 && result.result === 'OK') return { ...common, outcome: 'pass' };
  if (mismatches.length === 0) return error(result.mismatch?.message ?? 'the verifier gave no reason');
  return {
    ...common,
    outcome: 'fail',
    expected: redact(expectation(interaction, mismatches)),
    actual: `status ${status}, body ${showBody(exchange)}`,
  };
}

/** What the contract asks for, so that it reads on from "expected". A wrong status says it all. */
function expectation(interaction: Interaction, mismatches: readonly Mismatch[]): string {
  if (mismatches.some(({ type }) => type === 'StatusMismatch')) return expectedStatus(interaction);
  const sentences = mismatches.map(({ path, mismatch, type, expected }) => {
    const sentence = (mismatch ?? `${type}: ${JSON.stringify(expected)}`).replace(/^Expected /, '');
    // A hundred users with the same fault are one fault.
    return path ? `${path.replace(/\[\d+\]/g, '[*]')}: ${sentence}` : sentence;
  });
  return [...new Set(sentences)].join('; ');
}

function expectedStatus({ raw: { response } }: Interaction): string {
  const asked = response.matchingRules?.status?.$?.matchers[0]?.status ?? [response.status];
  if (!Array.isArray(asked)) return asked === 'clientError' ? 'status 4xx' : `status ${asked}`;
  return `status ${[...new Set(asked.map((code) => (code >= 400 && code < 500 ? '4xx' : code)))].join(' or ')}`;
}

/** Characters of a body beside the expectation; the exchange has more of it. */
const SHOWN = 400;

const showBody = (exchange: RawExchange): string => {
  const { responseBody } = buildExchange(exchange);
  if (!responseBody) return '(empty)';
  return responseBody.length > SHOWN ? `${responseBody.slice(0, SHOWN)}…` : responseBody;
};

/** Undefined for what is no JSON. */
function parseJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

const messageOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));
