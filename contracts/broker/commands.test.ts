import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { argumentsOf, type Said } from './commands.ts';
import { readRevision } from './git.ts';

describe('argumentsOf', () => {
  const git = { version: 'c0ffee', branch: 'main', tags: ['v1', 'v1.0'] };

  test.each([
    ['what git knows', {}, git, ['--consumer-app-version', 'c0ffee', '--branch', 'main', '--tag', 'v1,v1.0']],
    ['what was said before it', { version: 'v2', branch: 'b' }, git, ['--consumer-app-version', 'v2', '--branch', 'b']],
    [
      'no tag when none is wanted',
      { tag: [] },
      git,
      ['--consumer-app-version', 'c0ffee', '--branch', 'main', '--retries'],
    ],
    ['no branch where there is none', { version: 'v2' }, undefined, ['--consumer-app-version', 'v2', '--retries']],
  ])('publishes %s', (_what, said: Said, revision, words) => {
    const given = argumentsOf('publish', said, revision, '/pacts');

    expect(given.slice(0, 2 + words.length).join(' ')).toContain(words.join(' '));
  });

  test('wants a version where git has none', () => {
    expect(() => argumentsOf('publish', {}, undefined, '/pacts')).toThrow('say --version');
  });
});

describe('readRevision', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-git-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const git = (...words: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.test', '-c', 'commit.gpgsign=false', ...words], {
      cwd: folder,
    });

  test('knows nothing of a folder that is no checkout, and of one without a commit', async () => {
    await expect(readRevision(folder)).resolves.toBeUndefined();

    await git('init', '--initial-branch', 'main');

    await expect(readRevision(folder)).resolves.toBeUndefined();
  });

  test('gives commit, branch and tags, marks what differs from the commit, and no branch on a detached head', async () => {
    await git('init', '--initial-branch', 'main');
    await execa('touch', ['file'], { cwd: folder });
    await git('add', 'file');
    await git('commit', '--message', 'm');
    await git('tag', 'v1');
    const { stdout: commit } = await git('rev-parse', 'HEAD');

    await expect(readRevision(folder)).resolves.toEqual({ version: commit, branch: 'main', tags: ['v1'] });

    await git('rm', '--cached', 'file');
    await expect(readRevision(folder)).resolves.toMatchObject({ version: `${commit}-dirty` });
    await git('checkout', '--force', '--detach');
    await expect(readRevision(folder)).resolves.toMatchObject({ version: commit, branch: undefined });
  });
});
