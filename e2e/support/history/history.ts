import type { Event } from './explain.ts';
import type { UserOperation, Who } from './users-model.ts';

/**
 * A history of operations by several clients of this process, which all wait on one thread: the order in which the events
 * are noted is the order in which they were seen. A call is noted before anything is sent, an answer after all of it came.
 */
export class History {
  readonly events: Event<UserOperation>[] = [];
  /** How many answers have come. */
  answers = 0;
  /** Is called at each answer. */
  onAnswer: () => void = () => {};
  readonly #ids = new Map<Who, Set<string>>();

  call<Operation extends UserOperation>(operation: Operation): Operation {
    this.events.push({ kind: 'call', operation });
    return operation;
  }

  answer(operation: UserOperation): void {
    this.events.push({ kind: 'answer', operation });
    this.answers += 1;
    this.onAnswer();
  }

  /** A read that got no answer says nothing: it never was. */
  drop(operation: UserOperation): void {
    const at = this.events.findIndex((event) => event.kind === 'call' && event.operation === operation);
    this.events.splice(at, 1);
  }

  crash(): void {
    this.events.push({ kind: 'crash' });
  }

  /** Learns that this person has had this id. */
  learn(who: Who, id: string): void {
    this.#ids.set(who, (this.#ids.get(who) ?? new Set()).add(id));
  }

  idsOf = (who: Who): string[] => [...(this.#ids.get(who) ?? [])];

  /** The same history as far as it tells of one person: users are independent, so each can be explained by itself. */
  of(who: Who): Event<UserOperation>[] {
    return this.events.filter((event) => event.kind === 'crash' || tellsOf(event.operation, who));
  }
}

const tellsOf = (operation: UserOperation, who: Who): boolean => operation.kind === 'snapshot' || operation.who === who;
