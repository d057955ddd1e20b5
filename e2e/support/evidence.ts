import type { Evidence, Exchange } from '../../target/protocol/result.ts';

const MOST_EXCHANGES = 8;

/** What backs a check's outcome: its last exchanges (redacted and cut by the client) and its figures. */
export const evidenceOf = (exchanges: readonly Exchange[], numbers: Readonly<Record<string, number>>): Evidence => ({
  ...(exchanges.length > 0 ? { exchanges: exchanges.slice(-MOST_EXCHANGES) } : {}),
  ...(Object.keys(numbers).length > 0 ? { numbers: { ...numbers } } : {}),
});
