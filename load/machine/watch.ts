import { availableParallelism } from 'node:os';
import { type ProcessCpu, readFreePorts, readMachineCpu, readProcessCpu } from './proc.ts';

/** What the machine and the generator did during a run. Shares are of all cores; absent where the platform does not say. */
export interface MachineFigures {
  readonly cores: number;
  readonly generatorCpuSeconds?: number;
  readonly generatorShare?: number;
  /** The time k6's threads waited for a core, for each second of CPU time they got. */
  readonly generatorQueued?: number;
  readonly busyShare?: number;
  readonly stolenShare?: number;
  readonly fewestFreePorts?: number;
}

const EACH_MS = 100;

/** Watches the machine and one process until `stop`. */
export class MachineWatch {
  readonly #pid: number;
  readonly #startedAt = performance.now();
  readonly #machineBefore = readMachineCpu();
  readonly #timer: NodeJS.Timeout;
  #generator: ProcessCpu | undefined;
  #fewestFreePorts = readFreePorts();

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), EACH_MS);
  }

  /** A process that has ended has no /proc entry left: the last look before counts. */
  #look(): void {
    this.#generator = readProcessCpu(this.#pid) ?? this.#generator;
    const free = readFreePorts();
    if (free !== undefined) this.#fewestFreePorts = Math.min(this.#fewestFreePorts ?? free, free);
  }

  stop(): MachineFigures {
    clearInterval(this.#timer);
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const cores = availableParallelism();
    const [before, after] = [this.#machineBefore, readMachineCpu()];
    return {
      cores,
      ...(this.#generator && {
        generatorCpuSeconds: this.#generator.cpuSeconds,
        generatorShare: this.#generator.cpuSeconds / seconds / cores,
        generatorQueued: this.#generator.queuedSeconds / Math.max(0.01, this.#generator.cpuSeconds),
      }),
      ...(before &&
        after && {
          busyShare: (after.busy - before.busy) / (after.total - before.total),
          stolenShare: (after.stolen - before.stolen) / (after.total - before.total),
        }),
      ...(this.#fewestFreePorts !== undefined && { fewestFreePorts: this.#fewestFreePorts }),
    };
  }
}
