import { MatchersV3 } from '@pact-foundation/pact';
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

/**
 * A value that the state's handler gives, in a template such as `/users/{id}/disconnect`. In a response it must
 * be this very value: the verifier itself leaves it at the type (see `injected.ts`).
 */
export function given(key: StateKey, template: string): MatchersV3.ProviderStateInjectedValue<string> {
  const expression = template.replace(/\{(\w+)\}/g, (name) => `$${name}`);
  return MatchersV3.fromProviderState(expression, example(key, template));
}

/** What the consumer's test sees in that place. */
export function example(key: StateKey, template: string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = states[key].gives[name];
    if (value === undefined)
      throw new Error(`the state "${states[key].name}" gives no ${name} (contracts/states.json)`);
    return value;
  });
}
