import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** What a run could leave on the machine, to be compared before and after. Linux only: it reads /proc. */
export function traces(): { folders: string[]; processes: string[] } {
  return {
    folders: readdirSync(tmpdir())
      .filter((name) => /^assay-/.test(name))
      .sort(),
    processes: readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && isOfOurs(name))
      .sort(),
  };
}

/** Providers and stages carry the name of their file in their command line; k6 that of its script. */
function isOfOurs(pid: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return /provider\/server\.ts|acceptance\/providers|(contracts|e2e|load)\/stage\.ts|jest\.js --config e2e|load\/k6\//.test(
      command,
    );
  } catch {
    return false; // ended meanwhile
  }
}
