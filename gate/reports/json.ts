import type { Run } from '../verdict/model.ts';

/** The whole result model. Its shape is `Run` in gate/verdict/model.ts; `version` rises when it changes incompatibly. */
export const jsonReport = (run: Run): string => `${JSON.stringify(run, null, 2)}\n`;
