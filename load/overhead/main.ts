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
 * What our scripts cost k6 beyond the requests: `node load/overhead/main.ts K6 [SECONDS]` runs the average workload on the reference
 * provider with our script and with `k6/bare.ts`, in turn, and prints k6's CPU seconds and their ratio.
 */
const ROUNDS = 7;
const [k6 = 'k6', seconds = '10'] = process.argv.slice(2);
const part: Part = { workload: 'average', journey: 'snapshot', seconds: Number(seconds) };
const dir = await mkdtemp(join(tmpdir(), 'assay-overhead-'));
const spent = { ours: [] as number[], bare: [] as number[] };
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
  const cpuOf = async (script: string, of: typeof plan) =>
    (await runK6({ k6, script, plan: of, dir })).machine.generatorCpuSeconds ?? Number.NaN;
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, and each of the two first in turn: whatever else the machine does falls on both.
    if (round % 2 === 1) spent.bare.push(await cpuOf(join(SCRIPTS, 'bare.ts'), bare));
    spent.ours.push(await cpuOf(scriptOf(part), plan));
    if (round % 2 === 0) spent.bare.push(await cpuOf(join(SCRIPTS, 'bare.ts'), bare));
  }
} finally {
  await rm(dir, { recursive: true });
}
const inWords = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' ');
console.log(`k6's CPU seconds, round by round: ours ${inWords(spent.ours)}; bare ${inWords(spent.bare)}`);
const ratios = spent.ours.map((ours, round) => ours / spent.bare[round]!).sort((a, b) => a - b);
console.log(
  `ratio: median ${ratios[Math.floor(ROUNDS / 2)]!.toFixed(3)}, from ${ratios[0]!.toFixed(3)} to ${ratios.at(-1)!.toFixed(3)}`,
);
