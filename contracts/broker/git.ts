import { execa } from 'execa';

/** What git says of the checkout in a folder. */
export interface Revision {
  /** The full commit id, with `-dirty` after it when files differ from it. */
  readonly version: string;
  /** Undefined on a detached head, as most CI systems leave it. */
  readonly branch: string | undefined;
  /** The tags of this very commit. */
  readonly tags: readonly string[];
}

/** Reads the revision of the checkout in `folder`; undefined when it is none, or there is no git. */
export async function readRevision(folder: string): Promise<Revision | undefined> {
  const git = async (...words: string[]): Promise<string | undefined> => {
    const { exitCode, stdout } = await execa('git', words, { cwd: folder, reject: false });
    return exitCode === 0 ? stdout : undefined;
  };
  const commit = await git('rev-parse', 'HEAD');
  if (commit === undefined) return undefined;
  const changes = await git('status', '--porcelain', '--untracked-files=no');
  return {
    version: changes ? `${commit}-dirty` : commit,
    branch: (await git('symbolic-ref', '--quiet', '--short', 'HEAD')) || undefined,
    tags: (await git('tag', '--points-at', 'HEAD'))?.split('\n').filter(Boolean) ?? [],
  };
}
