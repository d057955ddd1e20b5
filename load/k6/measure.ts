import { check } from 'k6';
import type { RefinedResponse, ResponseType } from 'k6/http';
import { Counter } from 'k6/metrics';
import { clock } from './clock.ts';
import { plan } from './given.ts';
import { counterName, ENDPOINTS, type Endpoint, sentName } from './plan.ts';

export type Answer = RefinedResponse<ResponseType | undefined>;

/** Characters of a body beyond which reading it takes k6 longer than sending it takes a provider. */
const LONG_TO_READ = 1_000_000;

/** Answers that were not right, or did not come. */
const wrong = new Counter('wrong_answers');

/** k6 wants them made before the run. */
const countersOf = (nameOf: (endpoint: Endpoint) => string): ReadonlyMap<Endpoint, Counter> =>
  new Map(ENDPOINTS.filter((endpoint) => plan.limitsMs[endpoint]).map((name) => [name, new Counter(nameOf(name))]));
const answered = countersOf(counterName);
const sent = countersOf(sentName);

/**
 * Sends one request, judges its answer and counts it. `judge` says what is wrong with an answer, in a few words that do not vary
 * from request to request; undefined: it is right. The time that counts is from the first byte sent to the last byte read; of a very
 * long body that is kept (one in `plan.readEach`), to the first byte read.
 */
export function measure(endpoint: Endpoint, send: () => Answer, judge: (answer: Answer) => string | undefined): Answer {
  const now = Date.now();
  const block = Math.min(plan.blocks - 1, Math.floor((now - clock.startedAt) / plan.blockMs));
  if (now <= clock.endsAt) sent.get(endpoint)?.add(1);
  const answer = send();
  const fault = answer.status === 0 ? `no answer (${answer.error_code})` : judge(answer);

  // Each sample costs k6 time: only what is wrong is named.
  if (fault !== undefined) {
    wrong.add(1, { name: endpoint });
    check(answer, { [`${endpoint}: ${fault}`]: () => false });
  }
  const limits = plan.limitsMs[endpoint] ?? [];
  const isLong = plan.readEach > 1 && typeof answer.body === 'string' && answer.body.length > LONG_TO_READ;
  const duration = isLong ? answer.timings.waiting : answer.timings.duration;
  let over = 0;
  while (over < limits.length && (fault !== undefined || duration > limits[over]!)) over++;
  answered.get(endpoint)?.add(1, { block: String(block), over: String(over) });
  return answer;
}
