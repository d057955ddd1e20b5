import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { z } from 'zod';
import type { Variant } from './model.ts';

const path = (file: string) => fileURLToPath(new URL(`../../provider/${file}`, import.meta.url));

/** Correct providers that share no code with the reference one, and what each needs on the machine. */
const STRANGERS = [
  { name: 'python', profile: 'hardened', command: [path('variants/python/run')], needs: ['python3', '--version'] },
  {
    name: 'python-own-server', // it reads malformed messages in good faith
    profile: 'standard',
    command: [path('variants/python/run'), 'own'],
    needs: ['python3', '--version'],
  },
  { name: 'go', profile: 'hardened', command: [path('variants/go/run')], needs: ['go', 'version'] },
] as const;

/** What `provider/variants/server.ts --list` tells. */
const VARIANT = z.object({ name: z.string(), profile: z.enum(['standard', 'hardened']) });

/** Every correct provider at hand: the reference one, its legitimate variants, and the strangers whose tools are there. */
export async function listVariants(): Promise<{ variants: Variant[]; missing: string[] }> {
  const server = path('variants/server.ts');
  const { stdout } = await execa(process.execPath, [server, '--list']);
  const own = z.array(VARIANT).parse(JSON.parse(stdout));
  const strangers = await Promise.all(STRANGERS.map(async (one) => ({ ...one, there: await runs(one.needs) })));
  return {
    variants: [
      { name: 'reference', profile: 'hardened', command: [process.execPath, path('server.ts')] },
      ...own.map(({ name, profile }) => ({ name, profile, command: [process.execPath, server, name] })),
      ...strangers
        .filter(({ there }) => there)
        .map(({ name, profile, command }) => ({ name, profile, command: [...command] })),
    ],
    missing: strangers.filter(({ there }) => !there).map(({ name, needs }) => `${name}: there is no ${needs[0]} here`),
  };
}

const runs = async ([file, ...args]: readonly [string, ...string[]]): Promise<boolean> =>
  !(await execa(file, args, { reject: false, stdin: 'ignore' })).failed;
