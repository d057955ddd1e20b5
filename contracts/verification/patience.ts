/** How many requests of an operation in a row may stay without an answer before it is asked no more. */
const MISSED = 3;

/** It was not asked: nothing is known. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
}

/** An operation that hangs must not cost a time-out for every interaction that needs it. */
export class Patience {
  readonly #missed = new Map<string, number>();

  note(operation: string, answered: boolean): void {
    this.#missed.set(operation, answered ? 0 : (this.#missed.get(operation) ?? 0) + 1);
  }

  /** Throws `NotTried` for an operation that is asked no more. */
  throwIfLost(operation: string): void {
    if ((this.#missed.get(operation) ?? 0) < MISSED) return;
    throw new NotTried(`not tried: ${operation} has left ${MISSED} requests in a row without an answer`);
  }
}

/** `GET /users/{user}` for `GET /users/497f…`. */
export const operationOf = (method: string, path: string): string =>
  `${method} ${path.startsWith('/users/authenticate/') ? path : path.replace(/^\/users\/[^/]+/, '/users/{user}')}`;
