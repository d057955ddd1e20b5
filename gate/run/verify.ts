import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requirements } from '../../contracts/requirements.ts';
import { mostMsOf } from '../../load/time-limit.ts';
import { Ledger } from '../../target/ledger.ts';
import { openMint } from '../../target/mint.ts';
import { openTarget } from '../../target/open.ts';
import { buildPerson } from '../../target/person.ts';
import { BAILED, endsRun, leftOut } from '../../target/protocol/bail.ts';
import { STAGES, type Stage } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';
import type { Target } from '../../target/target.ts';
import { type Config, isPartial, targetLabel } from '../config/options.ts';
import { plural } from '../reports/digest.ts';
import { type LocatedK6, locateK6 } from '../tools/k6.ts';
import { locateToxiproxy } from '../tools/toxiproxy.ts';
import type { Run } from '../verdict/model.ts';
import { combine, isBlocking } from '../verdict/outcomes.ts';
import { decide } from '../verdict/verdict.ts';
import { readWaivers, type Waiver } from '../verdict/waivers.ts';
import { checkStaysUp, STAYS_UP } from './alive.ts';
import { rerunCommand } from './command-line.ts';
import { openRunFolder } from './folder.ts';
import { listenForInterrupt } from './interrupt.ts';
import { waitForOurKeys } from './key-wait.ts';
import { compareUsers, readUsers, signOutOurs } from './left-as-found.ts';
import { makePlan, type Plan } from './plan.ts';
import { runStage, type StageReport } from './stage.ts';
import { openTokens } from './tokens.ts';
import type { Watch } from './watch.ts';

/** A stage that takes longer than this hangs. How long load takes is the user's choice. */
const limitMsOf = (stage: Stage, { options }: Session): number =>
  stage === 'load' ? mostMsOf(options.load as Record<string, unknown>) : { contracts: 180_000, e2e: 1_200_000 }[stage];

/**
 * The main job: `Config → Target → stages → outcomes → verdict`. Whatever happens, what it started is stopped, what it made is
 * removed, and the target is left as it was found.
 */
export async function verify(config: Config, watch: Watch): Promise<Run> {
  const plan = makePlan(requirements, config.stages, config);
  const today = new Date().toISOString().slice(0, 10);
  const ids = requirements.map(({ id }) => id);
  const waivers = config.waivers ? readWaivers(config.waivers, ids, today) : { active: [], expired: [] };
  const startedAt = new Date();

  using interrupt = listenForInterrupt();
  const { signal } = interrupt;
  await using folder = await openRunFolder();
  await using tokens = await openTokens(config);
  await using target = await watch.phase('Target', async () => {
    const opened = await openTarget(config.target, { environment: tokens.environment, dir: folder.dir, signal });
    return { value: opened, summary: `${targetLabel(config)} answers at ${opened.baseUrl}` };
  });
  signal.throwIfAborted();
  const k6: LocatedK6 = plan.load.length > 0 ? await locateK6(config, watch, signal) : { options: {} };
  const hasFaults = plan.e2e.some((id) => id.startsWith('USR-FAULT-'));
  const toxiproxy = hasFaults ? await locateToxiproxy(config, watch, signal) : {};

  const found = { e2e: toxiproxy, load: k6.options };
  const bailOn = config.bail ? fatal(config.profile, waivers.active) : [];
  const session = await writeSession(config, plan, folder.dir, target, tokens.source, found, bailOn);
  if (config.target.kind === 'url' && tokens.source.kind === 'issuer') {
    const [mint, person] = [await openMint(tokens.source), buildPerson(session.id)];
    await waitForOurKeys({ baseUrl: target.baseUrl, mint, person }, { signal, ledger: new Ledger(folder.dir) });
  }
  const before = await readUsers(target.baseUrl);
  const reports: StageReport[] = [];
  try {
    for (const stage of STAGES.filter((name) => plan[name].length > 0)) {
      if (reports.some(({ evidence }) => endsRun(session, evidence.checks))) {
        reports.push(leaveOut(stage, plan[stage]));
        continue;
      }
      const refused = stage === 'load' ? k6.missing : undefined;
      reports.push(await runOneStage(stage, session, target, { watch, signal, ...(refused ? { refused } : {}) }));
    }
  } finally {
    // Who interrupts a run need not wait for a target of ours: it goes with its data.
    if (!signal.aborted || config.target.kind === 'url') {
      await new Ledger(folder.dir).sweepUsers();
      await signOutOurs(target.baseUrl, session.id);
    }
  }
  const leftAsFound = compareUsers(before, await readUsers(target.baseUrl), session.id);

  const outcomes = combine(
    requirements,
    reports.map(({ evidence }) => evidence),
    waivers.active,
    config.profile,
  );
  const stages = reports.map(({ run }) => run);
  const finishedAt = new Date();
  return {
    version: 1,
    id: session.id,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - startedAt.getTime(),
    target: { label: targetLabel(config), kind: config.target.kind, baseUrl: target.baseUrl },
    profile: config.profile,
    partial: isPartial(config),
    command: rerunCommand(config),
    stages,
    outcomes,
    expiredWaivers: waivers.expired,
    leftAsFound,
    verdict: decide(outcomes, stages),
  };
}

/** What one failure of turns the verdict. */
const fatal = (profile: Config['profile'], waivers: readonly Waiver[]): string[] =>
  requirements
    .filter((requirement) => isBlocking(requirement, profile))
    .map(({ id }) => id)
    .filter((id) => !waivers.some(({ requirement }) => requirement === id));

/** A stage that is not run, since one before it has failed. */
function leaveOut(stage: Stage, declared: readonly string[]): StageReport {
  const checks = declared.map((id) => leftOut(id, `${stage}: not run`));
  const run = { stage, state: 'left out', reason: BAILED, durationMs: 0, checks: 0, notes: [] } as const;
  return { run, evidence: { stage, declared, checks } };
}

/** Runs one stage and, after it, sees whether the target still stands. */
async function runOneStage(
  stage: Stage,
  session: Session & { readonly file: string },
  target: Target,
  options: { watch: Watch; signal: AbortSignal; refused?: string },
): Promise<StageReport> {
  const declared = session.declared[stage] ?? [];
  return options.watch.phase(title(stage), async (tell) => {
    if (options.refused) {
      const run = { stage, state: 'broken', reason: options.refused, durationMs: 0, checks: 0, notes: [] } as const;
      return {
        value: { run, evidence: { stage, declared, checks: [], broken: options.refused } },
        summary: options.refused,
      };
    }
    const own = { ...session, declared: { ...session.declared, [stage]: declared.filter((id) => id !== STAYS_UP) } };
    await writeFile(session.file, JSON.stringify(own), { mode: 0o600 });
    const limits = { limitMs: limitMsOf(stage, session), signal: options.signal, onProgress: tell };
    const { run, evidence } = await runStage(stage, own, session.file, limits);
    const checks = declared.includes(STAYS_UP)
      ? [...evidence.checks, await checkStaysUp(target, stage)]
      : evidence.checks;
    const failed = checks.filter(({ outcome }) => outcome === 'fail').length;
    const untold = checks.filter(({ outcome }) => outcome === 'error').length;
    const told = `${plural(checks.length, 'check')}, ${failed === 0 ? 'none failed' : `${failed} failed`}${untold === 0 ? '' : `, ${untold} could not tell`}`;
    const summary = run.state === 'broken' ? `no evidence: ${run.reason}` : told;
    return { value: { run, evidence: { ...evidence, declared, checks } }, summary };
  });
}

async function writeSession(
  config: Config,
  plan: Plan,
  dir: string,
  target: Target,
  source: Session['tokens'],
  found: Readonly<Record<'e2e' | 'load', Readonly<Record<string, unknown>>>>,
  bailOn: readonly string[],
): Promise<Session & { readonly file: string }> {
  const mint = await openMint(source);
  const controlled = target.can.has('fresh') ? (['issuer'] as const) : [];
  const session: Session = {
    id: randomBytes(6).toString('hex'),
    dir,
    profile: config.profile,
    declared: { contracts: [...plan.contracts], e2e: [...plan.e2e], load: [...plan.load] },
    bailOn: [...bailOn],
    target: {
      spec: config.target,
      baseUrl: target.baseUrl,
      can: [...new Set([...target.can, ...mint.can, ...controlled])],
    },
    tokens: source,
    options: {
      ...config.stageOptions,
      e2e: { ...config.stageOptions.e2e, ...found.e2e },
      load: { ...config.stageOptions.load, ...found.load },
    },
  };
  return { ...session, file: join(dir, 'session.json') };
}

const title = (stage: Stage): string => ({ contracts: 'Contracts', e2e: 'E2E', load: 'Load' })[stage];
