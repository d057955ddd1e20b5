import type { z } from 'zod';
import { UsageError } from '../errors.ts';

/** `a, b` as a list. */
export const list = (text: string): string[] => text.split(',').map((item) => item.trim());

/** A flag's whole number; anything else is a UsageError that names the flag. */
export function whole(flag: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`${flag} ${text || '""'}: it takes a whole number`);
  return Number(text);
}

/** What a schema has against an option, by the name of the flag that set it: `names` has those that are called otherwise. */
export function explain(error: z.ZodError, names: Readonly<Record<string, string>> = {}): string {
  const [issue] = error.issues;
  const option = String(issue?.path[0] ?? '');
  const flag = names[option] ?? option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${flag}: ${issue?.message}`;
}
