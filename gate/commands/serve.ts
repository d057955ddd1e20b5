import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { execa } from 'execa';
import getPort from 'get-port';
import { type Issuer, startIssuer } from '../../target/issuer.ts';
import type { Surroundings } from '../config/read.ts';
import { InterruptedError, NoEvidenceError, UsageError } from '../errors.ts';
import { listenForInterrupt } from '../run/interrupt.ts';

const SERVER = fileURLToPath(new URL('../../provider/server.ts', import.meta.url));

/** `assay serve`: runs the reference provider, with an issuer of its own where none is given, until it is interrupted. */
export function addServe(program: Command, { env }: Surroundings): void {
  program
    .command('serve')
    .description(
      'run the reference provider (HOST, PORT, DATA_DIR, OIDC_ISSUER, OIDC_AUDIENCE are taken from the environment)',
    )
    .option('--port <number>', 'PORT', env.PORT ?? '1000')
    .option('--host <address>', 'HOST', env.HOST ?? '127.0.0.1')
    .action(async ({ port: asked, host }: { port: string; host: string }) => {
      if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65_535)
        throw new UsageError(`--port ${asked}: a port is a number from 0 to 65535`);
      const port = asked === '0' ? String(await getPort({ host })) : asked;
      using interrupt = listenForInterrupt();
      await using issuer = env.OIDC_ISSUER
        ? undefined
        : await startIssuer({ ...(env.OIDC_AUDIENCE ? { audience: env.OIDC_AUDIENCE } : {}) });
      await using data = env.DATA_DIR ? undefined : await temporaryFolder();
      const told = {
        HOST: host,
        PORT: port,
        DATA_DIR: env.DATA_DIR ?? data?.dir,
        OIDC_ISSUER: env.OIDC_ISSUER ?? issuer?.url,
        OIDC_AUDIENCE: env.OIDC_AUDIENCE ?? issuer?.audience,
      };
      process.stdout.write(instructions(host, port, issuer));
      const server = await execa(process.execPath, ['--disable-warning=ExperimentalWarning', SERVER], {
        env: told,
        stdio: ['ignore', 'inherit', 'inherit'],
        cancelSignal: interrupt.signal,
        forceKillAfterDelay: 10_000,
        detached: true, // Ctrl-C reaches us; we end it in order
        reject: false,
      });
      if (interrupt.signal.aborted) throw new InterruptedError();
      throw new NoEvidenceError(
        `the reference provider ended with ${server.signal ?? `exit code ${server.exitCode}`}: see above`,
      );
    });
}

async function temporaryFolder(): Promise<AsyncDisposable & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-serve-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** A `curl` for each operation. The token goes through a pipe: process arguments are no place for it. */
function instructions(host: string, port: string, issuer: Issuer | undefined): string {
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const token = issuer ? `./assay token --issuer-url ${issuer.url} --name Ada` : 'YOUR-TOKEN-COMMAND';
  const verify = issuer ? `\n# its verdict\n./assay verify --provider ${base} --issuer-url ${issuer.url}\n` : '';
  return `# sign in: authenticate_from_oauth_token
${token} | curl -s -H 'content-type: application/json' --data-binary @- ${base}/users/authenticate/from_token
# all users: users_snapshot
curl -s ${base}/users
# one user: users_specific_user_snapshot
curl -s ${base}/users/USER-ID
# sign out: users_disconnect_user
curl -s -X POST ${base}/users/USER-ID/disconnect
${verify}`;
}
