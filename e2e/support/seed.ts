import { createHash } from 'node:crypto';
import type { Session } from '../../target/protocol/session.ts';

/**
 * The run's seed for generated users, tokens and sequences: the stage option `seed` replays an earlier run, else it
 * follows from the run's id, so that every worker knows it. A 32-bit integer.
 */
export const seedOf = ({ id, options }: Pick<Session, 'id' | 'options'>): number => {
  const { seed } = (options.e2e ?? {}) as { seed?: unknown };
  return typeof seed === 'number' ? seed : hash(id);
};

/** The seed of one check: the same whether it runs alone or with all others. */
export const checkSeed = (runSeed: number, title: string): number => hash(`${runSeed} ${title}`);

const hash = (text: string): number => createHash('sha256').update(text).digest().readInt32BE();
