import { authenticate } from './requirements/authenticate.ts';
import { concurrency } from './requirements/concurrency.ts';
import { disconnect } from './requirements/disconnect.ts';
import { durability } from './requirements/durability.ts';
import { faults } from './requirements/faults.ts';
import { identity } from './requirements/identity.ts';
import { life } from './requirements/life.ts';
import { one } from './requirements/one.ts';
import { performance } from './requirements/performance.ts';
import type { Requirement } from './requirements/requirement.ts';
import { robustness } from './requirements/robustness.ts';
import { security } from './requirements/security.ts';
import { snapshot } from './requirements/snapshot.ts';

const catalogue = [
  ...snapshot,
  ...one,
  ...authenticate,
  ...disconnect,
  ...life,
  ...identity,
  ...concurrency,
  ...durability,
  ...faults,
  ...security,
  ...robustness,
  ...performance,
] as const;

/** The id of a requirement: a misspelt one does not compile. */
export type RequirementId = (typeof catalogue)[number]['id'];

/** The one catalogue: every requirement that Assay decides, in the order of the reports. */
export const requirements: readonly (Requirement & { readonly id: RequirementId })[] = catalogue;
