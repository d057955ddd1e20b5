import { Ledger } from '../target/ledger.ts';
import { openMint } from '../target/mint.ts';
import { BAILED } from '../target/protocol/bail.ts';
import type { CheckResult } from '../target/protocol/result.ts';
import type { Session } from '../target/protocol/session.ts';
import { type Budget, readBudgets } from './budgets.ts';
import { judgePart } from './judge/part.ts';
import { unaccounted, undecided, whyNot, withoutNeedlessSkips } from './judge/undecided.ts';
import { measureAll } from './measure-all.ts';
import { notesOf } from './notes.ts';
import { loadOptionsSchema, partsOf } from './options.ts';
import { makePeople, removePeople } from './people/people.ts';
import { Ticker } from './progress.ts';
import { appliesTo, endpointsOf, type Part, plannedRequests } from './run/plan.ts';
import { refuseLoad } from './safety.ts';
import { openSubject } from './subject.ts';

/** Enough that nobody signs in twice within seconds; more would only be minted for longer. */
const MOST_VISITORS = 300;

export interface LoadResult {
  readonly checks: readonly CheckResult[];
  readonly notes: readonly string[];
}

/** Puts the load on the session's target and decides every budget that is declared. Rejects when it cannot tell anything. */
export async function runLoad(session: Session, signal: AbortSignal): Promise<LoadResult> {
  const options = loadOptionsSchema.parse(session.options.load ?? {});
  const refused = refuseLoad(session.target.baseUrl, options.allowRemote);
  if (refused !== undefined) throw new Error(refused);
  const declared = session.declared.load ?? [];
  const budgets = (await readBudgets(options.budgets)).filter(({ requirement }) => declared.includes(requirement));
  const parts = partsOf(options).filter((part) => decidesAny(part, budgets));

  using ticker = new Ticker(parts, options.users);
  const { tell } = ticker;
  await using subject = await openSubject(session, signal);
  const mint = await openMint(session.tokens);
  const { baseUrl } = subject;
  const common = {
    baseUrl,
    sessionId: session.id,
    dir: session.dir,
    tell,
    ...(!subject.own && { ledger: new Ledger(session.dir) }),
  };
  try {
    const visitors = Math.min(MOST_VISITORS, Math.max(0, ...parts.map(signInsOf)));
    const residents = mint.can.has('claims') ? options.users : 0;
    const made = await makePeople({
      ...common,
      mint,
      visitors: mint.can.has('tokens') ? visitors : 0,
      residents,
      signal,
    });

    const runnable = parts.filter((part) => whyNot(part, mint.can, made) === undefined);
    const measured = await measureAll(runnable, { session, options, subject, budgets, people: made, signal, tell });
    const checks = withoutNeedlessSkips([
      ...measured.series.flatMap((series) => judgePart(series, { ...measured, budgets })),
      ...parts.flatMap((part) => undecided(part, budgets, whyNot(part, mint.can, made))),
      ...runnable
        .slice(measured.series.length)
        .flatMap((part) => undecided(part, budgets, { outcome: 'skipped', reason: BAILED })),
    ]);
    return {
      checks: [...checks, ...unaccounted(declared, checks, subject.cost !== undefined)],
      notes: notesOf(measured),
    };
  } finally {
    if (!subject.own) await removePeople(common);
  }
}

const decidesAny = (part: Part, budgets: readonly Budget[]): boolean =>
  budgets.some((budget) => {
    const { endpoint } = budget;
    return appliesTo(budget, part) && (endpoint === 'server' || endpointsOf(part).includes(endpoint));
  });

const signInsOf = (part: Part): number => plannedRequests(part, 'authenticate_from_oauth_token');
