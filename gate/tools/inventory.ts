import { execa } from 'execa';

/** A tool Assay uses: which version is where, or what its absence costs. */
export interface Tool {
  readonly name: string;
  readonly version?: string;
  readonly where?: string;
  /** Said when it is missing. */
  readonly cost: string;
  /** Without it the main job cannot run at all. */
  readonly needed: boolean;
}

interface Probe {
  readonly name: string;
  /** Tried in order. */
  readonly commands: readonly (readonly [string, ...string[]])[];
  readonly cost: string;
  readonly needed?: boolean;
}

const PROBES: readonly Probe[] = [
  {
    name: 'Node',
    commands: [[process.execPath, '--version']],
    cost: 'nothing runs: the launcher gets Node 24 from npm',
    needed: true,
  },
  { name: 'npm', commands: [['npm', '--version']], cost: 'packages cannot be installed', needed: true },
  { name: 'Go', commands: [['go', 'version']], cost: 'k6 cannot be built here: put k6 2.x on PATH or set K6_BIN' },
  {
    name: 'Docker',
    commands: [['docker', 'version', '--format', '{{.Server.Version}}']],
    cost: 'no --provider-image: image targets and container checks are skipped',
  },
  {
    name: 'Compose',
    commands: [
      ['docker', 'compose', 'version', '--short'],
      ['docker-compose', 'version', '--short'],
    ],
    cost: '`docker-compose.yml` (broker, Prometheus, Grafana) cannot be brought up',
  },
  { name: 'Python', commands: [['python3', '--version']], cost: 'the Python consumer of the contract is skipped' },
];

/** Asks each tool for its version. k6 is found apart: it has an order of its own. */
export async function takeInventory(): Promise<Tool[]> {
  return Promise.all(PROBES.map(probe));
}

async function probe({ name, commands, cost, needed = false }: Probe): Promise<Tool> {
  for (const [file, ...args] of commands) {
    const { failed, stdout } = await execa(file, args, { reject: false, timeout: 10_000, stdin: 'ignore' });
    const version = /\d+(\.\d+)+/.exec(String(stdout))?.[0];
    if (failed || version === undefined) continue;
    const { stdout: where } = await execa('which', [file], { reject: false });
    return { name, version, where: where || file, cost, needed };
  }
  return { name, cost, needed };
}
