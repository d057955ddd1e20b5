import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Event, explain, type Model } from './explain.ts';

/** A register, the object of the literature's examples. `w1` writes 1, `r1` reads 1. */
type Access = { readonly text: string };

const REGISTER: Model<string, Access> = {
  initial: '0',
  keyOf: (value) => value,
  afterCrash: (value) => value,
  isRead: ({ text }) => text.startsWith('r'),
  step: (value, { text }) => (text.startsWith('w') ? [text.slice(1)] : text.slice(1) === value ? [value] : []),
};

/** Reads a timeline: `(w1` calls, `w1)` answers, `x` crashes. Accesses of a timeline are told apart by a prime: `(r1'`. */
function timeline(text: string): Event<Access>[] {
  const called = new Map<string, Access>();
  return text.split(' ').map((word) => {
    if (word === 'x') return { kind: 'crash' };
    const name = word.replace(/[()]/, '');
    const operation = called.get(name) ?? { text: name.replaceAll("'", '') };
    called.set(name, operation);
    return { kind: word.startsWith('(') ? 'call' : 'answer', operation };
  });
}

const kindOf = (text: string): string => explain(timeline(text), REGISTER).kind;

describe('explain', () => {
  test.each([
    ['one after the other', '(w1 w1) (r1 r1)'],
    ['a read during a write may see the new value', '(w1 (r1 r1) w1)'],
    ['a read during a write may see the old value', '(w1 (r0 r0) w1)'],
    ['two reads during a write, old before new', '(w1 (r0 r0) (r1 r1) w1)'],
    ['two writes at once, either may be last', "(w1 (w2 w1) w2) (r1 r1) (r1' r1')"],
    ['a long read may have seen a value that is gone', '(r1 (w1 w1) (w2 w2) r1)'],
    ['a write without an answer may have had an effect', '(w1 (r1 r1)'],
    ['a write without an answer may have had none', '(w1 (r0 r0)'],
    ['a write without an answer may have an effect late', '(w1 (r0 r0) (w2 w2) (r2 r2) (r1 r1)'],
    ['a write that a crash cut off may have had an effect', '(w1 x (r1 r1)'],
    ['a write that a crash cut off may have had none', '(w1 x (r0 r0)'],
  ])('explains %s', (_name, text) => {
    expect(kindOf(text)).toBe('explained');
  });

  test.each([
    ['a value that nobody wrote', '(r1 r1)'],
    ['a stale read', '(w1 w1) (r0 r0)'],
    ['a lost write', '(w1 w1) (w2 w2) (r1 r1)'],
    ['new before old during one write', '(w1 (r1 r1) (r0 r0) w1)'],
    ['two readers that see two writes in two orders', '(w1 (w2 w1) w2) (r1 r1) (r2 r2)'],
    ['a read during a write back to a value that is gone', '(w1 w1) (w2 (r2 r2) (r1 r1) w2)'],
    ['a write that comes to life after a crash', '(w1 x (r0 r0) (r1 r1)'],
    ['an answered write that a crash lost', '(w1 w1) x (r0 r0)'],
  ])('does not explain %s', (_name, text) => {
    expect(kindOf(text)).toBe('unexplained');
  });

  test('names the answer that cannot be explained', () => {
    expect(explain(timeline('(w1 w1) (r0 r0)'), REGISTER)).toMatchObject({ operation: { text: 'r0' } });
  });

  test('cannot tell at the limit of the search', () => {
    const calls = Array.from({ length: 12 }, (_, i) => `(w${i + 1}`).join(' ');

    expect(explain(timeline(`${calls} (r5 r5)`), REGISTER, 10).kind).toBe('undecided');
  });

  test('agrees with trying every order', () => {
    const word = fc.record({ client: fc.nat(2), access: fc.constantFrom('w1', 'w2', 'r0', 'r1', 'r2') });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const events = overlap(words);

        expect(explain(events, REGISTER).kind === 'explained').toBe(someOrderFits(events));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Each client's words are by turns the call of an access and its answer; what is left open has no answer. */
function overlap(words: readonly { client: number; access: string }[]): Event<Access>[] {
  const open = new Map<number, Access>();
  const events = words.map(({ client, access }): Event<Access> => {
    const operation = open.get(client);
    if (operation) {
      open.delete(client);
      return { kind: 'answer', operation };
    }
    const called = { text: access };
    open.set(client, called);
    return { kind: 'call', operation: called };
  });
  // A read without an answer says nothing.
  const unanswered = new Set([...open.values()].filter((operation) => REGISTER.isRead(operation)));
  return events.filter((event) => event.kind === 'crash' || !unanswered.has(event.operation));
}

/** The definition, word for word: some order of all answered and any unanswered operations respects time and the model. */
function someOrderFits(events: readonly Event<Access>[], state = '0', done: readonly Access[] = []): boolean {
  const calls = events.flatMap((event) => (event.kind === 'call' ? [event.operation] : []));
  const at = (kind: string, operation: Access) =>
    events.findIndex((event) => event.kind === kind && event.kind !== 'crash' && event.operation === operation);
  const answeredAt = (operation: Access) => (at('answer', operation) === -1 ? Infinity : at('answer', operation));
  const left = calls.filter((operation) => !done.includes(operation));
  if (left.every((operation) => answeredAt(operation) === Infinity)) return true;
  return left
    .filter((next) => left.every((other) => other === next || answeredAt(other) > at('call', next)))
    .some((next) => REGISTER.step(state, next).some((after) => someOrderFits(events, after, [...done, next])));
}
