import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Ledger } from '../../target/ledger.ts';
import { refuseLoad } from '../safety.ts';
import { OTHERS_SHARE } from '../trust/busy.ts';
import { type Contestant, openBare, openContestant } from './contestant.ts';
import type { BenchOptions } from './options.ts';
import { capacityOf, nextRate } from './search.ts';
import type { Teller } from './teller.ts';
import { describeTrial, type Trial, tryRate } from './trial.ts';
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

/** More bytes a second than this are no first step: a snapshot of 100,000 users has tens of millions. */
const FIRST_BYTES_PER_SECOND = 50e6;

/** Finds the capacity of every target, and of the bare server beside it, for each number of users. */
export async function bench(options: BenchOptions, teller: Teller, signal: AbortSignal): Promise<Standing[]> {
  for (const { spec } of options.targets) {
    const refused = spec.kind === 'url' ? refuseLoad(spec.url, options.allowRemote) : undefined;
    if (refused !== undefined) throw new Error(refused);
  }
  const standings: Standing[] = [];
  for (const users of options.users) standings.push(...(await benchWith(users, options, teller, signal)));
  return standings;
}

async function benchWith(
  users: number,
  options: BenchOptions,
  teller: Teller,
  signal: AbortSignal,
): Promise<Standing[]> {
  await using opened = new AsyncDisposableStack();
  const sessionId = randomBytes(6).toString('hex');
  const contestants: Contestant[] = [];
  for (const [index, target] of options.targets.entries()) {
    const given = { options, dir: join(options.dir, `${users}-${index}`), sessionId, users, tell: teller.tell, signal };
    contestants.push(opened.use(await openContestant(target, given)));
  }
  const bare = opened.use(await openBare(contestants[0]!, options.dir));
  const trials = await search([...contestants, bare], bare.snapshotBytes, users, options, teller, signal);

  const standings: Standing[] = [];
  for (const [{ name, baseUrl }, own] of trials) {
    if (options.wrk !== undefined) teller.tell(`${users} users: ${name} by wrk`);
    const wrk =
      options.wrk === undefined ? undefined : await runWrk(options.wrk, `${baseUrl}/users`, options.seconds, signal);
    standings.push({ ...standingOf(name, users, own), ...(wrk !== undefined && { wrkPerSecond: wrk }) });
  }
  return standings;
}

/** One trial of each in turn, until the capacity of all is found: what the machine does meanwhile befalls all of them. */
async function search(
  contestants: readonly Contestant[],
  snapshotBytes: number,
  users: number,
  options: BenchOptions,
  teller: Teller,
  signal: AbortSignal,
): Promise<Map<Contestant, Trial[]>> {
  const ledger = new Ledger(options.dir);
  const surroundings = { k6: options.k6, signal, onStart: (pid: number) => ledger.recordProcess(pid) };
  const { seconds, limitMs, allowed, most, repeats } = options;
  const start = Math.max(1, Math.min(options.start, Math.floor(FIRST_BYTES_PER_SECOND / Math.max(1, snapshotBytes))));
  const trials = new Map(contestants.map((contestant): [Contestant, Trial[]] => [contestant, []]));
  for (let round = 1, under = true; under; round++) {
    under = false;
    for (const [contestant, own] of trials) {
      const rate = nextRate(own, { start, most, repeats });
      if (rate === undefined) continue;
      under = true;
      const title = `${users} users, round ${round}: ${contestant.name} at ${rate}/s`;
      teller.tell(title);
      const dir = join(options.dir, 'trial');
      const trial = await tryRate(contestant, rate, { ...surroundings, dir, users, seconds, limitMs, allowed });
      teller.say(`${title}: ${describeTrial(trial)}`);
      own.push(trial);
    }
  }
  return trials;
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
