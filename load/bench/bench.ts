import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Ledger } from '../../target/ledger.ts';
import { refuseLoad } from '../safety.ts';
import { OTHERS_SHARE } from '../trust/busy.ts';
import { type Contestant, openBare, openContestant } from './contestant.ts';
import type { BenchOptions } from './options.ts';
import { capacityOf, nextRate } from './search.ts';
import { type Trial, tryRate } from './trial.ts';
import { fitUsl, type Usl } from './usl.ts';
import { runWrk } from './wrk.ts';

/** What a bench found of one contestant with one number of users. */
export interface Standing {
  readonly name: string;
  readonly users: number;
  /** The highest rate that meets the budget, in requests per second. */
  readonly capacity: number;
  /** What broke the budget. Unless it was the target itself, it may be able to do more. */
  readonly limitedBy: 'the target' | 'k6' | 'a busy machine' | 'the highest rate tried';
  readonly trials: readonly Trial[];
  readonly usl?: Usl;
  /** wrk's figure: a closed loop of 32 connections, as fast as it goes. */
  readonly wrkPerSecond?: number;
}

/** More of all cores than this, and it is k6 that is measured. */
const GENERATOR_BOUND = 0.45;

/** Finds the capacity of every target, and of the bare server beside it, for each number of users. */
export async function bench(
  options: BenchOptions,
  tell: (label: string) => void,
  signal: AbortSignal,
): Promise<Standing[]> {
  for (const { spec } of options.targets) {
    const refused = spec.kind === 'url' ? refuseLoad(spec.url, options.allowRemote) : undefined;
    if (refused !== undefined) throw new Error(refused);
  }
  const standings: Standing[] = [];
  for (const users of options.users) standings.push(...(await benchWith(users, options, tell, signal)));
  return standings;
}

async function benchWith(users: number, options: BenchOptions, tell: (label: string) => void, signal: AbortSignal) {
  await using opened = new AsyncDisposableStack();
  const sessionId = randomBytes(6).toString('hex');
  const contestants: Contestant[] = [];
  for (const target of options.targets)
    contestants.push(opened.use(await openContestant(target, { options, sessionId, users, tell, signal })));
  contestants.push(opened.use(await openBare(contestants[0]!, options.dir)));

  const ledger = new Ledger(options.dir);
  const surroundings = { k6: options.k6, signal, onStart: (pid: number) => ledger.recordProcess(pid) };
  const { seconds, limitMs, allowed } = options;
  const trials = new Map(contestants.map((contestant): [Contestant, Trial[]] => [contestant, []]));
  // One trial of each in turn: what the machine does meanwhile befalls all of them.
  for (let round = 1, under = true; under; round++) {
    under = false;
    for (const [contestant, own] of trials) {
      const rate = nextRate(own, options);
      if (rate === undefined) continue;
      under = true;
      tell(`${users} users, round ${round}: ${contestant.name} at ${rate}/s`);
      const dir = join(options.dir, 'trial');
      own.push(await tryRate(contestant, rate, { ...surroundings, dir, users, seconds, limitMs, allowed }));
    }
  }

  const standings: Standing[] = [];
  for (const [{ name, baseUrl }, own] of trials) {
    const wrk = options.wrk === undefined ? undefined : await runWrk(options.wrk, `${baseUrl}/users`, seconds, signal);
    standings.push({ ...standingOf(name, users, own), ...(wrk !== undefined && { wrkPerSecond: wrk }) });
  }
  return standings;
}

function standingOf(name: string, users: number, trials: readonly Trial[]): Standing {
  const usl = fitUsl(trials.map(({ throughput, meanMs }) => ({ throughput, inFlight: (throughput * meanMs) / 1000 })));
  return { name, users, capacity: capacityOf(trials), limitedBy: limitedBy(trials), trials, ...(usl && { usl }) };
}

/** The gentlest of the trials that broke the budget says what stood in the way. */
function limitedBy(trials: readonly Trial[]): Standing['limitedBy'] {
  const [gentlest] = trials.filter(({ met }) => !met).sort((a, b) => a.rate - b.rate);
  if (!gentlest) return 'the highest rate tried';
  if ((gentlest.generatorShare ?? 0) > GENERATOR_BOUND) return 'k6';
  return (gentlest.othersShare ?? 0) > OTHERS_SHARE ? 'a busy machine' : 'the target';
}
