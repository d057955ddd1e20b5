import { run } from './run.ts';

/** The reference provider as a program. */
await run();
