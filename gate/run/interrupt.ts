import { InterruptedError } from '../errors.ts';

/** Listens for the user's wish to stop for as long as it is open. Aborts once; what was started is stopped by its owners. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const stop = () => controller.abort(new InterruptedError());
  // A proof has many runs in one process, and each listens.
  process.setMaxListeners(process.getMaxListeners() + 1);
  for (const name of SIGNALS) process.on(name, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of SIGNALS) process.off(name, stop);
      process.setMaxListeners(process.getMaxListeners() - 1);
    },
  };
}
