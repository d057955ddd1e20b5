import STATES from './states.json' with { type: 'json' };

/** The provider states by their keys: declared once in `states.json`, for both consumers and for the handlers. */
export type StateKey = keyof typeof STATES;

/**
 * One provider state: an English fact, the parameters of the fact, and what its handler gives (name → the example of the
 * consumer's test; the verifier puts the handler's value in its place).
 */
export interface State {
  readonly name: string;
  readonly params: Record<string, number | string[]>;
  readonly gives: Readonly<Record<string, string>>;
}

export const states: Readonly<Record<StateKey, State>> = STATES;
