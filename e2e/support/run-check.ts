import { watchBusyShare } from '../../target/busy-share.ts';
import type { Mint } from '../../target/mint.ts';
import type { CheckResult, Exchange } from '../../target/protocol/result.ts';
import type { Capability, Session } from '../../target/protocol/session.ts';
import { Context } from './context.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './judge.ts';
import { type Observation, observe } from './observation.ts';
import { isWaitingVain, losePatience, MOST_PATIENT_MS } from './patience.ts';
import { checkSeed, seedOf } from './seed.ts';
import { isStarved, watchStarvation } from './starvation.ts';

export interface CheckOptions {
  /** What the target or its token source must be able to do; where it cannot, the check is skipped with that reason. */
  readonly needs: readonly Capability[];
  /** The time limit of one run, in milliseconds. Past it the outcome is `error`: we could not tell. */
  readonly timeoutMs: number;
  /** One failing run is proof and is not run again: a history that no order explains, a user that a crash lost. */
  readonly once: boolean;
}

/** A check as it is declared: one requirement, a title (consequence + condition) and the code that decides it. */
export interface Check extends CheckOptions {
  readonly requirement: string;
  readonly name: string;
  readonly run: (context: Context) => Promise<void>;
}

/** Runs a check as often as it takes to decide it, each time in a fresh context. Never throws. */
export async function runCheck(check: Check, session: Session, openMint: () => Promise<Mint>): Promise<CheckResult> {
  const { requirement, name } = check;
  const lacking = check.needs.filter((capability) => !session.target.can.includes(capability));
  if (lacking.length > 0) {
    const reason = `the target or its token source cannot do this: ${lacking.join(', ')}`;
    return { requirement, name, outcome: 'skipped', reason, durationMs: 0 };
  }
  const startedAt = performance.now();
  const runs: Run[] = [];
  const oneMore = async (patience?: 'most') => {
    const run = await runOnce(check, session, openMint, patience && MOST_PATIENT_MS);
    runs.push(run);
    return run.seen;
  };
  const { starved, ...judgement } = await judge(oneMore, {
    once: check.once,
    isWaitingVain: () => isWaitingVain(session.dir),
    busyShare: watchBusyShare(),
    watchStarvation: () => {
      const seen = watchStarvation(session.dir);
      return () => isStarved(seen());
    },
  });
  const hung = runs.every(({ seen }) => seen.kind === 'fail' && seen.hung);
  if (hung && judgement.outcome === 'fail' && runs.length > 1) losePatience(session.dir, 'hangs');
  if (starved) losePatience(session.dir, 'starved');
  // A pass is backed by its figures; what speaks against the target, by its exchanges as well.
  const telling =
    runs.findLast(({ seen }) => tells(seen)) ?? runs.find(({ seen }) => seen.kind === 'fail') ?? runs.at(-1);
  const evidence = telling && evidenceOf(telling.seen.kind === 'pass' ? [] : telling.exchanges, telling.numbers);
  return { requirement, name, ...judgement, ...(evidence && { evidence }), durationMs: performance.now() - startedAt };
}

const tells = (seen: Observation): boolean => seen.kind !== 'pass' && !(seen.kind === 'fail' && seen.gone);

interface Run {
  readonly seen: Observation;
  readonly exchanges: readonly Exchange[];
  readonly numbers: Readonly<Record<string, number>>;
}

async function runOnce(
  check: Check,
  session: Session,
  openMint: () => Promise<Mint>,
  requestMs?: number,
): Promise<Run> {
  const timeUp = new AbortController();
  const timer = setTimeout(() => timeUp.abort(), check.timeoutMs);
  try {
    const mint = await openMint();
    const seed = checkSeed(seedOf(session), `${check.requirement} ${check.name}`);
    await using context = new Context({ session, mint, seed, signal: timeUp.signal, ...(requestMs && { requestMs }) });
    const seen = await Promise.race([attempt(check, context), outOfTime(check, timeUp.signal)]);
    return { seen, exchanges: context.exchanges, numbers: context.numbers };
  } catch (thrown) {
    return {
      seen: { kind: 'error', reason: `the check could not be set up or cleaned up: ${thrown}` },
      exchanges: [],
      numbers: {},
    };
  } finally {
    clearTimeout(timer);
  }
}

async function attempt(check: Check, context: Context): Promise<Observation> {
  try {
    await check.run(context);
    return { kind: 'pass' };
  } catch (thrown) {
    return observe(thrown, context.exchanges);
  }
}

const outOfTime = (check: Check, signal: AbortSignal): Promise<Observation> =>
  new Promise((resolve) => {
    const reason = `not decided within ${check.timeoutMs / 1000} s`;
    signal.addEventListener('abort', () => resolve({ kind: 'error', reason }), { once: true });
  });
