import { httpVariants } from './http.ts';
import { idTokenVariants } from './id-token.ts';
import { idVariants } from './ids.ts';
import { profileVariants } from './profiles.ts';
import { refusalVariants } from './refusals.ts';
import type { Variant } from './variant.ts';

/** Every legitimate variant of the reference provider. */
export const variants: readonly Variant[] = [
  ...idVariants,
  ...refusalVariants,
  ...profileVariants,
  ...httpVariants,
  ...idTokenVariants,
];
