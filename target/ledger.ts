import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Client, openClient } from './http.ts';
import { signalGroup, waitForGroupEnd } from './process-group.ts';
import { findProcess, isAlive, type ProcessIdentity } from './process-table.ts';
import { signOutAll } from './sign-out.ts';
import { killStragglers } from './stragglers.ts';

interface ProcessRecord extends ProcessIdentity {
  /** It leads a process group: the whole group is ours. */
  readonly leader: boolean;
}

interface UserRecord {
  readonly id: string;
  readonly baseUrl: string;
}

/** What a sweep found left over. All of it is gone now, but for `stillThere`. */
export interface Swept {
  readonly processes: number[];
  /** Containers, networks and volumes, each by kind and name. */
  readonly containers: string[];
  /** Users that were still signed in and have been disconnected. */
  readonly users: string[];
  /** Users that could not be disconnected, each with the reason. */
  readonly stillThere: string[];
}

/**
 * What a run leaves on the machine and in the target, one small file a thing in the run's folder, so that several processes
 * can write at once and a later run can read what a killed one left behind.
 */
export class Ledger {
  readonly #dir: string;
  readonly #processes: string;
  readonly #users: string;
  readonly #containers: string;

  /** @param dir The run's temporary folder. */
  constructor(dir: string) {
    this.#dir = dir;
    this.#processes = join(dir, 'ledger', 'processes');
    this.#users = join(dir, 'ledger', 'users');
    this.#containers = join(dir, 'ledger', 'containers');
    mkdirSync(this.#processes, { recursive: true });
    mkdirSync(this.#users, { recursive: true });
  }

  /** Call it as soon as the process has started. */
  recordProcess(pid: number): void {
    const row = findProcess(pid);
    if (!row) return; // it has ended already
    const record: ProcessRecord = { pid, startedAt: row.startedAt, leader: row.group === pid };
    writeFileSync(join(this.#processes, `${pid}.json`), JSON.stringify(record));
  }

  forgetProcess(pid: number): void {
    rmSync(join(this.#processes, `${pid}.json`), { force: true });
  }

  /** Call it before the first container, network or volume of the run is made. */
  recordContainers(): void {
    writeFileSync(this.#containers, '');
  }

  /** @param baseUrl The target in which it was made. */
  recordUser(id: string, baseUrl: string): void {
    writeFileSync(this.#userFile(id, baseUrl), JSON.stringify({ id, baseUrl } satisfies UserRecord));
  }

  /** Call it when the user has been disconnected. */
  forgetUser(id: string, baseUrl: string): void {
    rmSync(this.#userFile(id, baseUrl), { force: true });
  }

  /** Disconnects the recorded users that are still signed in, where the server still answers. */
  async sweepUsers(): Promise<Pick<Swept, 'users' | 'stillThere'>> {
    const records = readAll<UserRecord>(this.#users);
    const users: string[] = [];
    const stillThere: string[] = [];
    for (const baseUrl of new Set(records.map((record) => record.baseUrl))) {
      const client = openClient(baseUrl, { timeoutMs: 2000 });
      const ids = records.filter((record) => record.baseUrl === baseUrl).map(({ id }) => id);
      const present = await presentOf(client, ids);
      const failures = await signOutAll(client, present);
      users.push(...present.filter((id) => !failures.has(id)));
      stillThere.push(...[...failures].map(([id, reason]) => `${id}: ${reason}`));
    }
    emptyFolder(this.#users);
    return { users, stillThere };
  }

  /** Kills the recorded processes that still run, each with its whole group, and whatever else the run's targets left. */
  async sweepProcesses(): Promise<number[]> {
    const running = readAll<ProcessRecord>(this.#processes).filter(isAlive);
    for (const { pid, leader } of running) {
      if (leader) await endGroup(pid);
      else process.kill(pid, 'SIGKILL');
    }
    emptyFolder(this.#processes);
    return [...running.map(({ pid }) => pid), ...(await killStragglers(this.#dir))];
  }

  /** Removes the containers, networks and volumes of the run's image targets. */
  async sweepContainers(): Promise<string[]> {
    if (!existsSync(this.#containers)) return [];
    const { sweepContainers } = await import('./container-sweep.ts');
    const swept = await sweepContainers(basename(this.#dir));
    rmSync(this.#containers, { force: true });
    return swept;
  }

  /** First the processes: one that still runs makes more users. A server that went with them has taken its users along. */
  async sweep(): Promise<Swept> {
    const processes = await this.sweepProcesses();
    return { ...(await this.sweepUsers()), processes, containers: await this.sweepContainers() };
  }

  // Ids are the target's choice: no file name can be trusted to hold them.
  #userFile = (id: string, baseUrl: string): string =>
    join(this.#users, `${createHash('sha256').update(`${baseUrl} ${id}`).digest('hex')}.json`);
}

async function presentOf(client: Client, ids: string[]): Promise<string[]> {
  const snapshot = await client.snapshot().then(
    (answer) => answer.text,
    () => '',
  );
  return ids.filter((id) => snapshot.includes(JSON.stringify(id)));
}

async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGKILL');
  await waitForGroupEnd(group, 5000);
}

function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

// Two gates may sweep the folder of one dead run at once, and a process may have been killed while it wrote.
function readAll<Entry>(folder: string): Entry[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(folder, name), 'utf8'))];
    } catch {
      return [];
    }
  });
}
