import { launch } from '../alterations/launch.ts';
import { variants } from './variants.ts';

/** A correct provider that differs from the reference one: `node provider/variants/server.ts NAME`; `--list` prints them all. */
await launch(
  'variant',
  variants.map(({ alter, ...told }) => ({ ...told, seed: alter })),
  process.argv[2],
);
