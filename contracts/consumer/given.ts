import { MatchersV3 } from '@pact-foundation/pact';
import { type StateKey, states } from '../states.ts';

/**
 * A value that the state's handler gives, in a template such as `/users/{id}/disconnect`. In a response it must
 * be this very value: the verifier itself leaves it at the type (see `verification/injected.ts`).
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
