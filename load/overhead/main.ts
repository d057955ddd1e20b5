import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIssuer } from '../../target/issuer.ts';
import { openMint } from '../../target/mint.ts';
import { openTarget } from '../../target/open.ts';
import { readBudgets } from '../budgets.ts';
import { makePeople } from '../people/people.ts';
import { runK6 } from '../run/k6-run.ts';
import { buildPlan, type Part } from '../run/plan.ts';
import { SCRIPTS, scriptOf } from '../run/script.ts';

/**
 * What our scripts cost k6 beyond the requests. `node load/overhead/main.ts K6 [SECONDS [ROUNDS]]` runs the average workload on the
 * reference provider in turn as the gate does, with `k6/bare.ts` as a user starts k6 by hand, and with `k6/bare.ts` as the gate starts
 * k6 (its garbage collector set, `run/k6-run.ts`). Prints k6's CPU seconds, and the gate's as a multiple of either.
 */
const [k6 = 'k6', seconds = '10', rounds = '7'] = process.argv.slice(2);
const part: Part = { workload: 'average', journey: 'snapshot', seconds: Number(seconds) };
const dir = await mkdtemp(join(tmpdir(), 'assay-overhead-'));
const spent = { gate: [] as number[], bare: [] as number[], tuned: [] as number[] };
try {
  await using issuer = await startIssuer();
  const environment = { issuer: issuer.url, audience: issuer.audience };
  await using target = await openTarget({ kind: 'embedded' }, { environment, dir });
  const mint = await openMint(issuer.source);
  const signal = new AbortController().signal;
  const common = { baseUrl: target.baseUrl, mint, sessionId: 'overhead', dir, tell: () => {}, signal };
  const { file: peopleFile } = await makePeople({ ...common, visitors: 0, residents: 10 });
  const budgets = await readBudgets();
  const summaryFile = join(dir, 'summary.json');
  const plan = buildPlan({ ...part, baseUrl: target.baseUrl, budgets, peopleFile, users: 10, summaryFile });
  // The thresholds name metrics of ours, which the bare script has not.
  const bare = { ...plan, thresholds: {}, limitsMs: {}, blocks: 0 };
  const cpuOf = async (script: string, of: typeof plan, env: Readonly<Record<string, string>> = {}) =>
    (await runK6({ k6, script, plan: of, dir, env })).machine.generatorCpuSeconds ?? Number.NaN;
  const byHand = { GOGC: '100', GOMEMLIMIT: 'off' };
  const turns = [
    async () => spent.gate.push(await cpuOf(scriptOf(part), plan)),
    async () => spent.bare.push(await cpuOf(join(SCRIPTS, 'bare.ts'), bare, byHand)),
    async () => spent.tuned.push(await cpuOf(join(SCRIPTS, 'bare.ts'), bare)),
  ];
  for (let round = 0; round < Number(rounds); round++) {
    // In turns, and each of them first in turn: whatever else the machine does falls on all.
    for (let place = 0; place < turns.length; place++) await turns[(round + place) % turns.length]!();
  }
} finally {
  await rm(dir, { recursive: true });
}
const inWords = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' ');
for (const [name, values] of Object.entries(spent)) console.log(`${name}: ${inWords(values)} s of CPU`);
for (const name of ['bare', 'tuned'] as const) {
  const ratios = spent.gate.map((gate, round) => gate / spent[name][round]!).sort((a, b) => a - b);
  const [least, middle, most] = [ratios[0]!, ratios[Math.floor(ratios.length / 2)]!, ratios.at(-1)!];
  console.log(`gate / ${name}: median ${middle.toFixed(3)}, from ${least.toFixed(3)} to ${most.toFixed(3)}`);
}
