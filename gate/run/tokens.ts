import { connect } from 'node:net';
import { discoverIssuer } from '../../target/discover.ts';
import { type Issuer, startIssuer } from '../../target/issuer.ts';
import type { TokenSource } from '../../target/protocol/session.ts';
import { reachFrom } from '../../target/reach.ts';
import type { Config } from '../config/options.ts';

/** Where the run's tokens come from, and the issuer to stop at its end where the run started one. */
export interface Tokens extends AsyncDisposable {
  readonly source: TokenSource;
  /** What a target of ours is told to trust. */
  readonly environment: { readonly issuer: string; readonly audience: string };
}

/** A target that we start trusts an issuer of ours; a URL target trusts one of its own, which the user must name. */
export async function openTokens(config: Config): Promise<Tokens> {
  if (config.target.kind !== 'url') {
    const { bind, host } = await reachFrom(config.target);
    return ofIssuer(await startIssuer({ bind, host, audience: config.audience }));
  }
  if (config.tokenCommand) return fixed({ kind: 'command', command: config.tokenCommand, cwd: config.cwd }, config);
  if (config.issuerUrl) return ofUrl(config.issuerUrl, config);
  return fixed({ kind: 'none' }, config);
}

const ofIssuer = (issuer: Issuer): Tokens => ({
  source: issuer.source,
  environment: { issuer: issuer.url, audience: issuer.audience },
  [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose](),
});

const fixed = (source: TokenSource, config: Config): Tokens => ({
  source,
  environment: { issuer: config.issuerUrl ?? '', audience: config.audience },
  [Symbol.asyncDispose]: async () => {},
});

/** An issuer that can mint for us answers there (`assay serve` runs one), or nothing does and we run ours there. */
async function ofUrl(url: string, config: Config): Promise<Tokens> {
  const { hostname, port } = new URL(url);
  const ours =
    ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && port !== '' && !(await listens(hostname, Number(port)));
  if (ours) return ofIssuer(await startIssuer({ host: hostname, port: Number(port), audience: config.audience }));
  return fixed(await discoverIssuer(url), config);
}

const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
