import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Progress } from '../../target/protocol/progress.ts';

/** Shows a run as it goes, phase by phase, on stderr: live on a terminal, plain lines elsewhere, nothing when quiet. */
export interface Watch {
  /** Runs `work` under a title. What it returns or throws is handed on. */
  phase<T>(title: string, work: (tell: (progress: Progress) => void) => Promise<PhaseResult<T>>): Promise<T>;
}

/** `summary` is what stays on the screen behind the title. */
export interface PhaseResult<T> {
  readonly value: T;
  readonly summary: string;
}

export function openWatch(options: { quiet: boolean; terminal: boolean }): Watch {
  const renderer = options.quiet ? 'silent' : options.terminal ? 'default' : 'simple';
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  return {
    async phase<T>(title: string, work: (tell: (progress: Progress) => void) => Promise<PhaseResult<T>>): Promise<T> {
      let ended: { value: T } | { error: unknown } | undefined;
      const list = new Listr(
        [
          {
            title,
            task: async (_context, task) => {
              const tell = options.terminal ? everyStep(task) : quarters(task);
              try {
                const { value, summary } = await work(tell);
                ended = { value };
                task.title = `${title}: ${summary}`;
              } catch (error) {
                ended = { error }; // told once, by main
                task.skip('no evidence');
              }
            },
          },
        ],
        {
          renderer,
          rendererOptions: { logger, collapseErrors: false, showErrorMessage: false },
          registerSignalListeners: false,
        },
      );
      await list.run();
      if (!ended || 'error' in ended) throw ended?.error ?? new Error(`${title} never ran`);
      return ended.value;
    },
  };
}

const everyStep =
  (task: { output: string }) =>
  ({ done, total, label }: Progress) => {
    task.output = total > 0 ? `${done}/${total} ${label}` : label;
  };

/** Where a quarter takes longer, a line comes after so many milliseconds. */
const SILENCE_MS = 120_000;

/** A CI log wants a few lines, not one per check: one for each quarter. `now` in milliseconds. */
export function quarters(
  task: { output: string },
  now: () => number = () => performance.now(),
): (progress: Progress) => void {
  let told = 0;
  let last = now();
  return (progress) => {
    const quarter = progress.total > 0 ? Math.floor((4 * progress.done) / progress.total) : told + 1; // no total: a rare line
    if (quarter <= told && now() - last < SILENCE_MS) return;
    told = quarter;
    last = now();
    everyStep(task)(progress);
  };
}
