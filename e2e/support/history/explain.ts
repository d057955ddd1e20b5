/** A sequential model: what one operation may do to a state. */
export interface Model<State, Operation> {
  readonly initial: State;
  /** The states that the operation, with the answer it got, may lead to; none when it cannot have been answered so here. */
  step(state: State, operation: Operation): readonly State[];
  /** True when the operation, with the answer it got, leaves every state as it is. */
  isRead(operation: Operation): boolean;
  /** What is left of a state when the server was killed. */
  afterCrash(state: State): State;
  /** Equal for equal states only. */
  keyOf(state: State): string;
}

/**
 * What happened, in the order in which one observer saw it. `operation` is the same object in its call and its answer;
 * one that was called and never answered may have taken effect at any later time, or not at all. After a crash whatever
 * was called before and had no effect yet never has one.
 */
export type Event<Operation> =
  | { readonly kind: 'call' | 'answer'; readonly operation: Operation }
  | { readonly kind: 'crash' };

export type Explanation<Operation> =
  | { readonly kind: 'explained' }
  /** No order of the operations explains this answer and all before it. */
  | { readonly kind: 'unexplained'; readonly operation: Operation }
  /** More configurations than the limit: we cannot tell. */
  | { readonly kind: 'undecided'; readonly configurations: number };

/** A state that the operations seen so far can have led to, with those that have been called and have had no effect yet. */
interface Configuration<State, Operation> {
  readonly state: State;
  readonly open: readonly Operation[];
}

/**
 * Decides whether a history is linearizable: whether each operation can have taken effect at one moment between its call
 * and its answer (Herlihy and Wing, 1990). It walks through the events once with every configuration that is possible
 * and lets an open operation take effect only when an answer asks for it (Lowe, "Testing for linearizability", 2017,
 * section 3: just-in-time linearization). A read takes effect as soon as it can: the configuration in which it did can go
 * wherever the one in which it did not can go, so the other need not be followed.
 */
export function explain<State, Operation>(
  events: readonly Event<Operation>[],
  model: Model<State, Operation>,
  limit = 100_000,
): Explanation<Operation> {
  const search = new Search(events, model);
  let possible: readonly Configuration<State, Operation>[] = [{ state: model.initial, open: [] }];
  for (const event of events) {
    if (event.kind === 'call') {
      const { operation } = event;
      possible = search.settle(possible.map(({ state, open }) => ({ state, open: [...open, operation] })));
    } else {
      const wanted = event.kind === 'answer' ? event.operation : undefined;
      const reached = search.advance(possible, wanted, limit);
      if (reached.length > limit) return { kind: 'undecided', configurations: reached.length };
      if (wanted && reached.length === 0) return { kind: 'unexplained', operation: wanted };
      possible = wanted
        ? reached
        : search.settle(reached.map(({ state }) => ({ state: model.afterCrash(state), open: [] })));
    }
  }
  return { kind: 'explained' };
}

class Search<State, Operation> {
  readonly #model: Model<State, Operation>;
  readonly #numbers = new Map<Operation, number>();

  constructor(events: readonly Event<Operation>[], model: Model<State, Operation>) {
    this.#model = model;
    for (const event of events) {
      if (event.kind === 'call') this.#numbers.set(event.operation, this.#numbers.size);
    }
  }

  /** The configurations once each, after every open read that can take effect has. */
  settle(configurations: readonly Configuration<State, Operation>[]): Configuration<State, Operation>[] {
    const distinct = new Map<string, Configuration<State, Operation>>();
    for (const { state, open } of configurations) {
      const still = open.filter((operation) => !this.#model.isRead(operation) || !this.#fits(state, operation));
      distinct.set(this.#keyOf(state, still), { state, open: still });
    }
    return [...distinct.values()];
  }

  /**
   * Lets open operations take effect in every order until `wanted` has; without it, in every order that there is.
   * Gives up, with more than `limit` configurations, when there are too many.
   */
  advance(
    from: readonly Configuration<State, Operation>[],
    wanted: Operation | undefined,
    limit: number,
  ): readonly Configuration<State, Operation>[] {
    const reached = new Map(from.map((configuration) => [this.#key(configuration), configuration]));
    for (const configuration of reached.values()) {
      if (wanted && !configuration.open.includes(wanted)) continue;
      for (const next of this.settle(this.#afterOneMore(configuration))) reached.set(this.#key(next), next);
      if (reached.size > limit) return [...reached.values()];
    }
    return [...reached.values()].filter(({ open }) => !wanted || !open.includes(wanted));
  }

  #afterOneMore({ state, open }: Configuration<State, Operation>): Configuration<State, Operation>[] {
    return open.flatMap((operation) =>
      this.#model
        .step(state, operation)
        .map((next) => ({ state: next, open: open.filter((other) => other !== operation) })),
    );
  }

  #fits = (state: State, operation: Operation): boolean => this.#model.step(state, operation).length > 0;

  #key = ({ state, open }: Configuration<State, Operation>): string => this.#keyOf(state, open);

  #keyOf(state: State, open: readonly Operation[]): string {
    return `${this.#model.keyOf(state)} ${open.map((operation) => this.#numbers.get(operation)).join()}`;
  }
}
