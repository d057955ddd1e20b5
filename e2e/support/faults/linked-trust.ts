import { startIssuer } from '../../../target/issuer.ts';
import { reachFrom } from '../../../target/reach.ts';
import { reservePort } from '../../../target/reserved-port.ts';
import type { Context } from '../context.ts';
import { Link } from './link.ts';
import { Trust } from './trust.ts';

/** A trust whose target reaches the issuer over a link of ours only. */
export interface LinkedTrust extends AsyncDisposable {
  readonly trust: Trust;
  readonly link: Link;
}

/** Starts the link, the issuer that calls the link's end its URL, and the target. */
export async function openLinkedTrust(context: Context): Promise<LinkedTrust> {
  await using started = new AsyncDisposableStack();
  const { bind, host } = await reachFrom(context.session.target.spec);
  const { port } = started.use(await reservePort());
  const link = started.use(await Link.open(context.session, { to: `127.0.0.1:${port}`, bind }));
  const issuer = started.use(await startIssuer({ port, url: `http://${host}:${link.port}` }));
  const trust = await Trust.in(issuer, context);
  const all = started.move();
  return { trust, link, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
