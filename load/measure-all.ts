import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ledger } from '../target/ledger.ts';
import { endsRun } from '../target/protocol/bail.ts';
import type { Session } from '../target/protocol/session.ts';
import type { Budget } from './budgets.ts';
import { startFloor } from './floor/floor.ts';
import { measureFloor, worseFloor } from './floor/measure.ts';
import { judgePart } from './judge/part.ts';
import type { Series } from './judge/series.ts';
import type { LoadOptions } from './options.ts';
import type { MadePeople } from './people/people.ts';
import { type Part, stepsOfPart } from './run/plan.ts';
import { runSeries } from './run/series.ts';
import type { Subject } from './subject.ts';
import type { Floor } from './trust/busy.ts';

export interface MeasureAllOptions {
  readonly session: Session;
  readonly options: LoadOptions;
  readonly subject: Subject;
  readonly budgets: readonly Budget[];
  readonly people: MadePeople;
  readonly signal: AbortSignal;
  readonly tell: (label: string) => void;
}

export interface Measured {
  /** As many of the parts as were measured, in their order. */
  readonly series: readonly Series[];
  /** The worse of before and after. */
  readonly floor: Floor;
  /** Profiles in the snapshot before the first part. */
  readonly users: number;
}

/** One k6 at a time: the machine's floor, every part (with `--bail`: up to the first that fails), the floor again. */
export async function measureAll(parts: readonly Part[], given: MeasureAllOptions): Promise<Measured> {
  const { session, options, subject, budgets, people, signal, tell } = given;
  const ledger = new Ledger(session.dir);
  const snapshot = await readBytes(`${subject.baseUrl}/users`);
  const snapshotFile = join(session.dir, 'load-snapshot.json');
  await writeFile(snapshotFile, snapshot, { mode: 0o600 });
  const users = countUsers(snapshot);
  await using floorServer = await startFloor(snapshotFile);
  ledger.recordProcess(floorServer.pid);

  const k6 = { k6: options.k6, signal, onStart: (pid: number) => ledger.recordProcess(pid) };
  const rate = Math.max(1, ...parts.flatMap((part) => stepsOfPart(part).map((step) => step.rate)));
  const floorAt = (when: string) => {
    tell(`the machine's floor, ${when}`);
    return measureFloor({ ...k6, url: floorServer.url, rate, users, dir: join(session.dir, `load-floor-${when}`) });
  };

  for (const folder of [options.dashboard, options.samples]) if (folder) await mkdir(folder, { recursive: true });
  const before = await floorAt('before');
  const series: Series[] = [];
  const hasFailed = (one: Series) => endsRun(session, judgePart(one, { budgets, floor: before, users }));
  for (const part of parts) {
    if (series.some(hasFailed)) break;
    const dir = join(session.dir, `load-${part.workload}-${part.journey}`);
    series.push(
      await runSeries(part, {
        ...k6,
        subject,
        budgets,
        outputs: options,
        peopleFile: people.file,
        users: users + people.visitors,
        dir,
        tell,
      }),
    );
  }
  return { series, floor: worseFloor(before, await floorAt('after')), users };
}

/** The body of an answer, whatever its status; empty when none comes. */
const readBytes = (url: string): Promise<Buffer> =>
  fetch(url, { signal: AbortSignal.timeout(60_000) })
    .then(async (answer) => Buffer.from(await answer.arrayBuffer()))
    .catch(() => Buffer.alloc(0));

function countUsers(snapshot: Buffer): number {
  try {
    return JSON.parse(snapshot.toString()).iterable?.length ?? 0;
  } catch {
    return 0;
  }
}
