import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startIssuer } from '../../target/issuer.ts';
import { Ledger } from '../../target/ledger.ts';
import { openMint } from '../../target/mint.ts';
import { openTarget } from '../../target/open.ts';
import { canReadCost, readCost } from '../../target/process-cost.ts';
import { reachFrom } from '../../target/reach.ts';
import type { Cost } from '../../target/target.ts';
import { startFloor } from '../floor/floor.ts';
import { makePeople, removePeople } from '../people/people.ts';
import type { BenchOptions } from './options.ts';

/** What takes part in a bench: an address, and what its processes cost. */
export interface Contestant extends AsyncDisposable {
  readonly name: string;
  readonly baseUrl: string;
  readonly peopleFile: string;
  readonly cost?: () => Promise<Cost>;
}

export interface OpenContestantOptions {
  readonly options: BenchOptions;
  /** A folder of this contestant alone. */
  readonly dir: string;
  readonly sessionId: string;
  readonly users: number;
  readonly tell: (label: string) => void;
  readonly signal: AbortSignal;
}

/** Opens a target with so many users in its snapshot. Disposing of it ends or cleans it. Rejects when it signs nobody in. */
export async function openContestant(
  { name, spec }: BenchOptions['targets'][number],
  { options, dir, sessionId, users, tell, signal }: OpenContestantOptions,
): Promise<Contestant> {
  await using made = new AsyncDisposableStack();
  const live = spec.kind === 'url';
  const issuer = live ? undefined : made.use(await startIssuer(await reachFrom(spec)));
  const environment = { issuer: issuer?.url ?? '', audience: issuer?.audience ?? '' };
  const target = made.use(await openTarget(spec, { environment, dir: options.dir, signal }));
  const mint = await openMint(issuer?.source ?? options.tokens);

  await mkdir(dir, { recursive: true });
  const common = {
    baseUrl: target.baseUrl,
    sessionId,
    dir,
    tell: (label: string) => tell(`${users} users: ${name}: ${label}`),
    ...(live && { ledger: new Ledger(options.dir) }),
  };
  if (live) made.defer(() => removePeople(common));
  const residents = mint.can.has('claims') ? users : 0;
  const people = await makePeople({ ...common, mint, visitors: 0, residents, signal });
  if (people.refusal !== undefined) throw new Error(`${name} signs nobody in: ${people.refusal}`);

  const owned = made.move();
  return {
    name,
    baseUrl: target.baseUrl,
    peopleFile: people.file,
    ...(target.can.has('cost') && { cost: () => target.cost() }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The bare server, with the bytes of a contestant's snapshot. */
export async function openBare(
  like: Contestant,
  dir: string,
): Promise<Contestant & { readonly snapshotBytes: number }> {
  const file = join(dir, 'bare-snapshot.json');
  const snapshot = Buffer.from(await (await fetch(`${like.baseUrl}/users`)).arrayBuffer());
  await writeFile(file, snapshot);
  const server = await startFloor(file);
  new Ledger(dir).recordProcess(server.pid);
  return {
    name: 'bare node:http',
    snapshotBytes: snapshot.length,
    baseUrl: server.url,
    peopleFile: like.peopleFile,
    ...(canReadCost && { cost: async () => readCost(server.pid) }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
