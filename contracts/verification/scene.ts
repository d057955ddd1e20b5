import { type Client, NoAnswerError, openClient, parseJson } from '../../target/http.ts';
import type { Ledger } from '../../target/ledger.ts';
import type { Mint, OAuthToken, SignInOverrides } from '../../target/mint.ts';
import { buildAccounts, buildPerson, type Person } from '../../target/person.ts';
import type { Patience } from './patience.ts';

/** A provider state cannot be had from this target or this source of tokens: what needs it is skipped with this reason. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The state needs a field that is optional, and this target does not send it. */
export class NotSent extends Unavailable {}

/** A user that a scene has signed in. `profile` is the answer to the sign-in, as it came. */
export interface SignedIn {
  readonly id: string;
  readonly person: Person;
  readonly profile: Readonly<Record<string, unknown>>;
}

export interface SceneOptions {
  readonly sessionId: string;
  readonly baseUrl: string;
  readonly mint: Mint;
  readonly ledger: Ledger;
  /** Shared by scenes: a sign-in that hangs is not waited for by every one of them. */
  readonly patience?: Patience;
}

const SIGN_IN = 'POST /users/authenticate/from_token';

/** What one interaction or check finds in the target: users of its own, made and unmade through the API alone. */
export class Scene implements AsyncDisposable {
  readonly mint: Mint;
  /** Where it is set; a handler may move it to another instance of the target before it makes users. */
  baseUrl: string;
  readonly client: Client;
  readonly #options: SceneOptions;
  readonly #users = new Map<string, string>();

  constructor(options: SceneOptions) {
    this.#options = options;
    this.mint = options.mint;
    this.baseUrl = options.baseUrl;
    this.client = openClient(() => this.baseUrl, { timeoutMs: 5000 });
  }

  /** Of the name that letters beyond ASCII have: bytes in a wrong encoding show on no other. */
  person(overrides: Partial<Person> = {}): Person {
    const person = buildPerson(this.#options.sessionId);
    return { ...person, name: `Zoë 李 ${person.nickname}`, ...overrides };
  }

  /** One for each kind of account. */
  accounts(): Person[] {
    return buildAccounts((overrides) => this.person(overrides));
  }

  /** Signs a new person in. Rejects with `Unavailable` without tokens, and with an `Error` when the target refuses. */
  async signIn(person: Person = this.person(), overrides?: SignInOverrides): Promise<SignedIn> {
    this.needs('tokens');
    return this.signInBy(await this.mint.signIn(person, overrides), person);
  }

  /** The same by this token of theirs. */
  async signInBy(token: Partial<OAuthToken>, person: Person): Promise<SignedIn> {
    const { patience } = this.#options;
    patience?.throwIfLost(SIGN_IN);
    const answer = await this.client.authenticate(token).catch((error: unknown) => {
      if (error instanceof NoAnswerError) patience?.note(SIGN_IN, false);
      throw error;
    });
    patience?.note(SIGN_IN, true);
    const id = this.adoptFrom(answer.status, answer.text);
    if (id === undefined) {
      throw new Error(`a good token was answered ${answer.status} without a profile that has an id`);
    }
    return { id, person, profile: answer.json() as SignedIn['profile'] };
  }

  /** Throws `Unavailable` where the source of tokens lacks the capability. */
  needs(capability: 'tokens' | 'claims' | 'forge'): void {
    if (!this.mint.can.has(capability)) throw new Unavailable(`the source of tokens gives no ${capability}`);
  }

  /** Counts a user that the target has made in answer to somebody else's request as one of this scene's. */
  adopt(id: string): void {
    this.#users.set(id, this.baseUrl);
    this.#options.ledger.recordUser(id, this.baseUrl);
  }

  /** The same for the user of an answer to a sign-in, and its id; undefined when the answer holds none. */
  adoptFrom(status: number | undefined, body: string): string | undefined {
    const id = status === 200 ? idOf(body) : undefined;
    if (id !== undefined) this.adopt(id);
    return id;
  }

  /** Disconnects every user of this scene; one that is gone already does no harm. */
  async signOutAll(): Promise<void> {
    for (const [id, baseUrl] of this.#users) {
      const gone = await openClient(baseUrl, { timeoutMs: 5000 })
        .disconnect(id)
        .then(
          ({ status }) => status < 500,
          () => false,
        );
      // What could not be disconnected stays in the ledger: the gate's sweep tries again and reports it.
      if (gone) this.#options.ledger.forgetUser(id, baseUrl);
    }
    this.#users.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.signOutAll();
  }
}

function idOf(text: string): string | undefined {
  try {
    const { id } = parseJson(text) ?? {};
    // A number is no id, but the user that has it is there all the same, and must go again.
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  } catch {
    return undefined;
  }
}
