import { basename, dirname } from 'node:path';

/** Topics that come after all others, in this order: what may end a weak target, then what ends a target of its own. */
const LAST = ['robustness', 'durability', 'faults'];

interface HasPath {
  readonly path: string;
}

/** The order of the files: what disturbs nobody first, by name. Jest's own order is by the times of earlier runs. */
export default class Sequencer {
  sort<T extends HasPath>(tests: Iterable<T>): T[] {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }

  allFailedTests<T extends HasPath>(tests: Iterable<T>): T[] {
    return [...tests];
  }

  cacheResults(): void {}

  shard<T extends HasPath>(tests: Iterable<T>): T[] {
    return [...tests];
  }
}

const rank = ({ path }: HasPath): number => LAST.indexOf(basename(dirname(path)));
