import { type Issuer, startIssuer } from '../../target/issuer.ts';
import type { TokenSource } from '../../target/protocol/session.ts';
import type { Config } from '../config/options.ts';
import { NoEvidenceError, UsageError } from '../errors.ts';

/** Where the run's tokens come from, and the issuer to stop at its end where the run started one. */
export interface Tokens extends AsyncDisposable {
  readonly source: TokenSource;
  /** What a target of ours is told to trust. */
  readonly environment: { readonly issuer: string; readonly audience: string };
}

/** A target that we start trusts an issuer of ours; a URL target trusts one of its own, which the user must name. */
export async function openTokens(config: Config): Promise<Tokens> {
  if (config.target.kind !== 'url') return ofIssuer(await startIssuer({ audience: config.audience }));
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
  const discovery = `${url.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = await fetch(discovery, { signal: AbortSignal.timeout(5_000) })
    .then(async (answer) => (await answer.json()) as Record<string, unknown>)
    .catch((error: Error) =>
      isRefused(error) ? undefined : Promise.reject(new NoEvidenceError(`--issuer-url ${url}: ${error.message}`)),
    );
  if (document) {
    const { assay_mint_endpoint: mint, assay_audience: audience, assay_client_id: clientId } = document;
    if (typeof mint !== 'string') {
      throw new UsageError(
        `--issuer-url ${url}: this issuer cannot mint tokens for us; pass --token-command CMD that prints an OAuthToken`,
      );
    }
    const source = {
      kind: 'remote',
      issuer: url,
      mint,
      audience: String(audience),
      clientId: String(clientId),
    } as const;
    return fixed(source, config);
  }
  const { hostname, port } = new URL(url);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new UsageError(
      `--issuer-url ${url}: nothing answers there, and only on a loopback address can we run an issuer ourselves`,
    );
  }
  return ofIssuer(await startIssuer({ host: hostname, port: Number(port), audience: config.audience }));
}

const isRefused = (error: Error & { cause?: { code?: string } }): boolean => error.cause?.code === 'ECONNREFUSED';
