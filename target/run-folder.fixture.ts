import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { type OpenOptions, openTarget } from './open.ts';
import { findTargetProcesses } from './stragglers.ts';
import type { Target } from './target.ts';

/** What the providers of these tests are told; none of them asks the issuer. */
export const environment = { issuer: 'http://127.0.0.1:1', audience: 'the-api' };

/** Nothing is left. */
export const nothing = { folders: [], records: [], processes: [] };

/** A run's folder, fresh for each test of the file and removed after it, and what can be done in it. */
export class RunFolderFixture {
  dir = '';

  constructor() {
    beforeEach(() => {
      this.dir = mkdtempSync(join(tmpdir(), 'assay-target-'));
    });
    afterEach(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  /** Opens a target that runs this JavaScript. */
  open(script: string, options: Partial<OpenOptions> = {}): Promise<Target> {
    const spec = { kind: 'command' as const, command: ['node', '-e', script], cwd: this.dir };
    return openTarget(spec, { environment, dir: this.dir, ...options });
  }

  /** What targets left among the processes and in the folder, beside what belongs to the run. */
  leftovers() {
    const records = join(this.dir, 'ledger', 'processes');
    return {
      folders: readdirSync(this.dir).filter((name) => !['ledger', 'tmp'].includes(name)),
      records: existsSync(records) ? readdirSync(records) : [],
      processes: findTargetProcesses(this.dir),
    };
  }
}

/** A provider of one line; `rest` is JavaScript that runs beside it, `users` an expression for what it answers. */
export const serve = (rest = '', users = '"[]"'): string => `
  const server = require('node:http').createServer((request, response) => response.end(${users}));
  server.listen(process.env.PORT, process.env.HOST);
  ${rest}`;

/** The error that an opening must end with. */
export const failureOf = (opening: Promise<unknown>): Promise<Error> =>
  opening.then(
    () => {
      throw new Error('it opened');
    },
    (error) => error,
  );
