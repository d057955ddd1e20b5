import { loadChecks } from '../support/lanes.ts';

await loadChecks(0);
