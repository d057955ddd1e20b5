import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import getPort from 'get-port';

/** A server that was there before the gate came, with a user of its own. */
export interface LiveServer extends AsyncDisposable {
  readonly url: string;
  /** A free loopback address for the issuer that the gate runs: this server trusts every token. */
  readonly issuerUrl: string;
  users(): Promise<readonly { readonly id: string }[]>;
}

export async function startLiveServer(): Promise<LiveServer> {
  const port = await getPort({ host: '127.0.0.1' });
  const issuerPort = await getPort({ host: '127.0.0.1', exclude: [port] });
  const program = fileURLToPath(new URL('./providers/honest.ts', import.meta.url));
  const child = execa(process.execPath, [program], {
    env: { HOST: '127.0.0.1', PORT: String(port) },
    reject: false,
  });
  await once(child.stdout, 'data'); // it says so when it listens
  const url = `http://127.0.0.1:${port}`;
  const claims = Buffer.from(JSON.stringify({ sub: 'resident', email: 'resident@example.com' })).toString('base64url');
  await fetch(`${url}/users/authenticate/from_token`, {
    method: 'POST',
    body: JSON.stringify({ access_token: `.${claims}.` }),
  });
  return {
    url,
    issuerUrl: `http://127.0.0.1:${issuerPort}`,
    async users() {
      const { iterable } = (await (await fetch(`${url}/users`)).json()) as { iterable: { id: string }[] };
      return iterable;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await child;
    },
  };
}
