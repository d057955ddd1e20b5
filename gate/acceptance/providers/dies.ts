import { serveMinimal } from './minimal.ts';

/** Ends with the first sign-in. */
serveMinimal({
  reply: (reply, { path }) => {
    if (path === '/users/authenticate/from_token') {
      process.stderr.write('fatal: out of luck\n');
      process.exit(9);
    }
    return reply;
  },
});
