import { readdirSync, readFileSync } from 'node:fs';

/** Processes whose environment or command line names `marker`, by command line. Linux only: it reads /proc. */
export function processesOf(marker: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const [command, environment] = ['cmdline', 'environ'].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, 'utf8'),
        );
        return `${command}\0${environment}`.includes(marker) ? [(command ?? '').replaceAll('\0', ' ')] : [];
      } catch {
        return []; // ended meanwhile
      }
    });
}
