/** A user as the fake provider keeps it. */
export interface FakeUser {
  readonly id: string;
  readonly email: string;
  readonly aesthetics: { readonly theme: { readonly dark: boolean }; readonly font: { readonly size: number } };
}

/** The claims of a token, unverified: who signs in is all that the fake provider wants to know. */
export function claimsOf(body: string): { sub: string; email: string } {
  const payload = String(JSON.parse(body).access_token).split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** The users of one fake provider, and the four operations on them as status and body. */
export class FakeUsers {
  readonly #users = new Map<string, FakeUser>();
  #snapshot: string | undefined;

  answer(method: string, path: string, body: string): { status: number; body: string } {
    if (method === 'GET' && path === '/users') return { status: 200, body: this.snapshot() };
    if (method === 'POST' && path === '/users/authenticate/from_token') return this.#signIn(body);
    const [, id = '', verb] = /^\/users\/([^/]+)(\/disconnect)?$/.exec(path) ?? [];
    if (method === 'POST' && verb) return this.#signOut(id);
    const user = this.#users.get(id);
    return user ? { status: 200, body: JSON.stringify(user) } : { status: 404, body: '' };
  }

  snapshot(): string {
    this.#snapshot ??= JSON.stringify({ iterable: [...this.#users.values()] });
    return this.#snapshot;
  }

  #signIn(body: string): { status: number; body: string } {
    const { sub, email } = claimsOf(body);
    const id = Buffer.from(sub).toString('hex');
    const user = { id, email, aesthetics: { theme: { dark: false }, font: { size: 12 } } };
    this.#users.set(id, user);
    this.#snapshot = undefined;
    return { status: 200, body: JSON.stringify(user) };
  }

  #signOut(id: string): { status: number; body: string } {
    if (!this.#users.delete(id)) return { status: 404, body: '' };
    this.#snapshot = undefined;
    return { status: 200, body: this.snapshot() };
  }
}
