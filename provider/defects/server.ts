import { launch } from '../alterations/launch.ts';
import { defects } from './defects.ts';

/** The reference provider with one seeded fault: `node provider/defects/server.ts NAME`; `--list` prints them all. */
await launch('defect', defects, process.argv[2]);
