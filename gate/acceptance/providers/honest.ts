import { serveMinimal } from './minimal.ts';

/** No fault beyond those of `minimal.ts`. */
serveMinimal();
