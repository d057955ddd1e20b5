import { serveMinimal } from './minimal.ts';

/** Sign-in answers 500: the complaint that users make most. */
serveMinimal({
  reply: (reply, { path }) =>
    path === '/users/authenticate/from_token' ? { status: 500, body: { message: 'oops' } } : reply,
});
