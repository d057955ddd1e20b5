import { execa } from 'execa';

/** Ends by itself soon after the process that started it, however that ended. */
const SPIN = `
  const parent = process.ppid;
  while (process.ppid === parent) for (const end = Date.now() + 200; Date.now() < end; );
`;

/** Another process that keeps one core busy for as long as this is open: what a busy CI machine does to a run. */
export function keepCoreBusy(): AsyncDisposable {
  const child = execa(process.execPath, ['--eval', SPIN], { reject: false, stdio: 'ignore' });
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await child;
    },
  };
}
