import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** One answer of a provider: undefined status ends the connection without one. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

type Profile = Record<string, unknown> & { id: string };

/** What a known-bad provider does otherwise. */
export interface Fault {
  /** Looks at each reply before it is sent, and may send another one, later, or never. */
  reply?(reply: Reply, request: { method: string; path: string }): Reply | Promise<Reply>;
}

/**
 * The least that speaks the Users API, in memory, to hang one gross fault on. It trusts every token and is no reference for
 * anything: the gate's own tests need providers that are known to be bad.
 */
export function serveMinimal({ reply = (same) => same }: Fault = {}): void {
  const users = new Map<string, Profile>();
  const subjects = new Map<string, string>();
  const all = () => ({ iterable: [...users.values()] });

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    const [, id, action] = /^\/users\/([^/]+)(\/disconnect)?$/.exec(path) ?? [];
    const body = await text(request);

    const honest = (): Reply => {
      if (method === 'GET' && path === '/users') return { status: 200, body: all() };
      if (method === 'POST' && path === '/users/authenticate/from_token') return authenticate(body);
      if (!id || !users.has(id)) return { status: 404 };
      if (method === 'GET' && !action) return { status: 200, body: users.get(id) };
      users.delete(id);
      return { status: 200, body: all() };
    };
    const answer = await reply(honest(), { method, path });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });

  function authenticate(body: string): Reply {
    try {
      const { access_token: token } = JSON.parse(body);
      const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
      const id = subjects.get(claims.sub) ?? randomUUID();
      const now = { value: new Date().toISOString() };
      const profile = {
        id,
        email: claims.email,
        name: claims.name,
        created: now,
        aesthetics: { theme: { dark: false }, font: { size: 14 } },
      };
      subjects.set(claims.sub, id);
      users.set(id, profile);
      return { status: 200, body: profile };
    } catch {
      return { status: 400 };
    }
  }

  server.listen(Number(process.env.PORT), process.env.HOST, () => process.stdout.write('listening\n'));
  process.on('SIGTERM', () => process.exit(0));
}
