import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll } from '@jest/globals';
import { execa } from 'execa';
import { SESSION_LABEL } from './container-runtime.ts';
import { type OpenOptions, openTarget } from './open.ts';
import { environment, RunFolderFixture } from './run-folder.fixture.ts';
import type { Target } from './target.ts';

/** The base of the images of these tests: the one that Node publishes, or NODE_IMAGE where no registry answers. */
const NODE_IMAGE = process.env.NODE_IMAGE ?? 'node:24-bookworm-slim';

/** Nothing is left. */
export const nothing = { containers: '', networks: '', volumes: '', folders: [] };

/** A run's folder, and images that are removed after the tests of the file. */
export class ImageRunFixture {
  readonly #folder = new RunFolderFixture();
  readonly #images: string[] = [];

  constructor() {
    afterAll(() => execa('docker', ['rmi', '--force', ...this.#images], { reject: false }));
  }

  get dir(): string {
    return this.#folder.dir;
  }

  get session(): string {
    return basename(this.dir);
  }

  /** Builds an image that runs this JavaScript as its first process, as a user who is not root. Resolves to its name. */
  async build(script: string): Promise<string> {
    const image = `assay-test-${crypto.randomUUID()}`;
    const dockerfile = `FROM ${NODE_IMAGE}\nUSER node\nCMD ${JSON.stringify(['node', '-e', script])}\n`;
    await execa('docker', ['build', '--quiet', '--tag', image, '-'], { input: dockerfile });
    this.#images.push(image);
    return image;
  }

  open(image: string, options: Partial<OpenOptions> = {}): Promise<Target> {
    return openTarget({ kind: 'image', image }, { environment, dir: this.dir, ...options });
  }

  /** What of this run is left in the container runtime and in its folder. */
  async leftovers() {
    const filter = ['--quiet', '--filter', `label=${SESSION_LABEL}=${this.session}`];
    const list = async (...what: string[]) => (await execa('docker', [...what, ...filter])).stdout;
    return {
      containers: await list('ps', '--all'),
      networks: await list('network', 'ls'),
      volumes: await list('volume', 'ls'),
      folders: readdirSync(this.dir).filter((name) => name !== 'ledger'),
    };
  }
}
