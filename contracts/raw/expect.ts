import type { Answer } from '../../target/http.ts';
import type { Model, ModelName, Violation } from '../model.ts';
import { Violated } from './check.ts';
import { faultOfJson } from './json-text.ts';
import { undeclaredSecrets } from './secrets.ts';

/** The JSON of an answer that must be 200. */
export function expectServed(answer: Answer): unknown {
  if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status}`);
  const fault = faultOfJson(answer.bytes);
  if (fault?.startsWith('the body is n')) throw new Violated('a JSON body', fault);
  return answer.json();
}

/** The same for an answer that must be an object. */
export function expectObject(answer: Answer): Readonly<Record<string, unknown>> {
  const value = expectServed(answer);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Violated('a JSON object', answer.exchange.responseBody ?? 'nothing');
  }
  return value as Record<string, unknown>;
}

/** Users whose iterable may be absent. */
export function expectUsers(answer: Answer): Readonly<Record<string, unknown>>[] {
  const { iterable } = expectObject(answer);
  if (iterable == null) return [];
  if (!Array.isArray(iterable) || iterable.some((user) => user === null || typeof user !== 'object')) {
    throw new Violated('an iterable that is absent or an array of objects', JSON.stringify(iterable));
  }
  return iterable;
}

/** `application/json` with whatever parameters, and bytes that are flawless JSON. */
export function expectCleanJson(answer: Answer): void {
  if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status}`);
  const type = answer.headers['content-type'] ?? '(none)';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Violated('content type application/json', type);
  const fault = faultOfJson(answer.bytes);
  if (fault) throw new Violated('UTF-8 without a byte order mark, JSON with no member name twice', fault);
}

/** No violation of the model among those that `counts`. */
export function expectModel(value: unknown, name: ModelName, model: Model, counts: (violation: Violation) => boolean) {
  const violations = model.violations(name, value).filter(counts);
  if (violations.length === 0) return;
  throw new Violated(
    `a ${name} as the model has it`,
    [...new Set(violations.map(({ message }) => message))].join('; '),
  );
}

/** Whether a violation concerns what a UserProfile must have; `(iterable[].)?aesthetics.theme.dark` and the like. */
export const isRequired = ({ path }: Violation): boolean =>
  /^(iterable(\[\]\.)?)?(id|aesthetics(\.(theme(\.dark)?|font(\.size)?))?)?$/.test(path);

export const isOptional = (violation: Violation): boolean => !isRequired(violation);

/** No field that looks like a secret where the model has no place for one. */
export function expectNoSecrets(answer: Answer, name: ModelName, model: Model): void {
  const places = undeclaredSecrets(expectServed(answer), model.named(name), model);
  if (places.length > 0) throw new Violated('no undeclared field that looks like a secret', places.join(', '));
}
