import { execa } from 'execa';

/** The version that the go.mod beside this folder pins, and the only major that the scripts are written for. */
export const PINNED = '2.2.0';

/** The version a k6 says it is, e.g. `2.2.0`; undefined where the file is no k6 that runs here. */
export async function versionOf(path: string): Promise<string | undefined> {
  const { stdout, failed } = await execa(path, ['version'], { reject: false, timeout: 60_000, stdin: 'ignore' });
  return failed ? undefined : /\bv(\d+\.\d+\.\d+)\b/.exec(stdout)?.[1];
}

/** Whether the scripts run on it: k6 keeps its script API within a major version. */
export const isUsable = (version: string | undefined): version is string =>
  version !== undefined && version.split('.')[0] === PINNED.split('.')[0];
