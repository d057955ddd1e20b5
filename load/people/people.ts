import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '../../target/ledger.ts';
import type { Mint } from '../../target/mint.ts';
import { buildPerson, isOurs } from '../../target/person.ts';
import type { People, Resident, Visitor } from '../k6/plan.ts';
import { PreparationError, readSnapshot, signIn, signOut } from './http.ts';
import { inPool } from './pool.ts';

/** Requests and signatures under way at once. */
const WIDTH = 8;

export interface MakePeopleOptions {
  readonly baseUrl: string;
  readonly mint: Mint;
  readonly sessionId: string;
  /** The run's temporary folder: for the file that k6 reads. */
  readonly dir: string;
  /** Where users are recorded that somebody may have to sign out after us; absent for a target that is thrown away. */
  readonly ledger?: Ledger;
  readonly visitors: number;
  readonly residents: number;
  readonly tell: (label: string) => void;
  readonly signal: AbortSignal;
}

/** The people of a run. */
export interface MadePeople {
  readonly residents: readonly Resident[];
  /** How many can sign in during the run. */
  readonly visitors: number;
  /** JSON `People`, mode 0600. */
  readonly file: string;
  /** Why the target would not sign a resident in. */
  readonly refusal?: string;
}

/** Mints the tokens of all visitors and signs the residents in, before anything is timed. */
export async function makePeople(options: MakePeopleOptions): Promise<MadePeople> {
  const visitors = await mintVisitors(options);
  const residents: Resident[] = [];
  const refusal = await signResidentsIn(options, residents).then(
    () => undefined,
    (error: Error) => {
      if (error instanceof PreparationError) return error.message;
      throw error;
    },
  );
  const file = join(options.dir, 'load-people.json');
  await writeFile(file, JSON.stringify({ visitors, residents } satisfies People), { mode: 0o600 });
  return { residents, visitors: visitors.length, file, ...(refusal !== undefined && { refusal }) };
}

/** Disconnects everyone of a session who is signed in. */
export async function removePeople(options: Pick<MakePeopleOptions, 'baseUrl' | 'sessionId' | 'ledger' | 'tell'>) {
  const { baseUrl, sessionId, ledger, tell } = options;
  const ours = (await readSnapshot(baseUrl)).filter((profile) => isOurs(profile, sessionId));
  let removed = 0;
  await inPool(ours, WIDTH, async ({ id }) => {
    await signOut(baseUrl, id);
    ledger?.forgetUser(id, baseUrl);
    tell(`${++removed} of ${ours.length} users signed out`);
  });
}

async function signResidentsIn(options: MakePeopleOptions, residents: Resident[]): Promise<void> {
  const { baseUrl, mint, sessionId, ledger, tell, signal } = options;
  await inPool(Array.from({ length: options.residents }), WIDTH, async () => {
    const person = buildPerson(sessionId);
    const profile = await signIn(baseUrl, JSON.stringify(await mint.signIn(person)), signal);
    ledger?.recordUser(profile.id, baseUrl);
    residents.push({ id: profile.id, email: profile.email ?? person.email });
    tell(`${residents.length} of ${options.residents} users signed in`);
  });
}

/** A source that takes no claims signs in one and the same person each time: one token is as good as many. */
async function mintVisitors({ mint, sessionId, visitors, tell, signal }: MakePeopleOptions): Promise<Visitor[]> {
  const minted: Visitor[] = [];
  const chosen = mint.can.has('claims');
  await inPool(Array.from({ length: chosen ? visitors : Math.min(1, visitors) }), WIDTH, async () => {
    signal.throwIfAborted();
    const person = buildPerson(sessionId);
    const token = JSON.stringify(await mint.signIn(person));
    minted.push({ token, ...(chosen && { email: person.email }) });
    tell(`${minted.length} of ${visitors} tokens minted`);
  });
  return minted;
}
