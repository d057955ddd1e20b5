import type { Interaction } from './pact-file.ts';
import type { Mismatch } from './run-verifier.ts';

/**
 * The values of an expected body that come from the provider state, held against the body that was observed. The verifier
 * puts such values into requests only; in a response it compares their type and lets any user's id pass for any other's.
 */
export function injectedMismatches(
  { raw }: Interaction,
  given: Readonly<Record<string, string>>,
  observed: unknown,
): Mismatch[] {
  return Object.entries(raw.response.generators?.body ?? {}).flatMap(([path, { type, expression }]) => {
    if (type !== 'ProviderState') return [];
    const expected = expression!.replace(/\$\{(\w+)\}/g, (_, name: string) => given[name] ?? '');
    const actual = at(observed, path);
    if (actual === expected) return [];
    const mismatch = `Expected the ${path.slice(2)} that the state has given, '${expected}'`;
    return [{ type: 'BodyMismatch', path, expected, actual, mismatch }];
  });
}

/** The value at a path of plain member names, `$.a.b`. */
function at(value: unknown, path: string): unknown {
  if (!/^\$(\.\w+)+$/.test(path)) throw new Error(`the path ${path} of an injected value is not supported`);
  return path
    .split('.')
    .slice(1)
    .reduce((inner: unknown, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);
}
