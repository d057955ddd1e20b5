import { serveMinimal } from './minimal.ts';

/** Profiles carry a number for an id and no aesthetics. */
serveMinimal({
  reply: ({ status, body }, { path }) =>
    path === '/users/authenticate/from_token' && status === 200
      ? { status, body: { ...(body as object), id: 7, aesthetics: undefined } }
      : { status, body },
});
