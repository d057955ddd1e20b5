import { execa } from 'execa';
import type { JWK } from 'jose';
import type { Mint, OAuthToken } from './mint.ts';
import { redact } from './protocol/redact.ts';
import type { Capability, TokenSource } from './protocol/session.ts';
import { parseOAuthToken } from './token-answer.ts';
import { TokenError } from './token-error.ts';

const TIME_LIMIT_MS = 15_000;

/** Runs the user's command for each token. It chooses the person; we can neither choose claims nor forge. */
export class CommandMint implements Mint {
  readonly can: ReadonlySet<Capability> = new Set<Capability>(['tokens']);
  readonly #source: TokenSource & { kind: 'command' };

  constructor(source: TokenSource & { kind: 'command' }) {
    this.#source = source;
  }

  async signIn(): Promise<OAuthToken> {
    const [program = '', ...args] = this.#source.command;
    const from = `the token command "${program}"`;
    const result = await execa(program, args, {
      cwd: this.#source.cwd,
      stdin: 'ignore',
      timeout: TIME_LIMIT_MS,
      forceKillAfterDelay: 1000,
      reject: false,
    });
    if (result.timedOut) throw new TokenError(`${from} gave nothing within ${TIME_LIMIT_MS / 1000} s`);
    if (result.code === 'ENOENT') throw new TokenError(`${from} is not there`);
    if (result.failed) throw new TokenError(`${from} failed (${howOf(result)}): ${lastLine(result.stderr)}`);
    return parseOAuthToken(result.stdout, from);
  }

  async accessToken(): Promise<string> {
    return (await this.signIn()).access_token;
  }

  publicKeys(): JWK[] {
    return [];
  }

  async rawSign(): Promise<never> {
    throw new TokenError('a token command cannot sign what we choose');
  }
}

const howOf = ({
  signal,
  exitCode,
  code,
}: {
  signal?: string | undefined;
  exitCode?: number | undefined;
  code?: string | undefined;
}): string => signal ?? (exitCode === undefined ? (code ?? 'unknown reason') : `exit code ${exitCode}`);

const lastLine = (stderr: string): string =>
  redact(stderr.trim().split('\n').at(-1) || 'it said nothing on stderr').slice(0, 200);
