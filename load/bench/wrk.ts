import { execa } from 'execa';

/** Requests per second that wrk gets through 32 connections. Rejects where wrk cannot be run. */
export async function runWrk(wrk: string, url: string, seconds: number, signal: AbortSignal): Promise<number> {
  const args = ['-t', '1', '-c', '32', '-d', `${seconds}s`, url];
  const { stdout } = await execa(wrk, args, { stdin: 'ignore', cancelSignal: signal });
  return parseWrk(stdout);
}

/** Reads `Requests/sec:  12345.67`. */
export function parseWrk(stdout: string): number {
  const found = /^Requests\/sec:\s+([\d.]+)$/m.exec(stdout)?.[1];
  if (found === undefined) throw new Error(`wrk said nothing of requests per second: ${stdout.slice(0, 200)}`);
  return Number(found);
}
