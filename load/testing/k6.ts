import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findK6 } from '../k6.ts';

/** k6 for tests, found as the gate finds it; built once a machine. */
export async function k6ForTests(): Promise<string> {
  const { K6_BIN: asked, PATH: searchPath, ASSAY_CACHE, XDG_CACHE_HOME } = process.env;
  const cache = ASSAY_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'assay');
  return (await findK6({ asked, searchPath, cache, temporary: tmpdir() })).path;
}
