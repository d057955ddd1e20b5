import { type Client, openClient } from '../../target/http.ts';
import type { Mint, OAuthToken } from '../../target/mint.ts';
import type { Person } from '../../target/person.ts';
import { profileOf, usersOf } from './answers.ts';
import type { Profile } from './profile.ts';
import { RecordingClient } from './recording-client.ts';
import { type Presence, presenceOf, type View, viewOf } from './view.ts';

/** A user that a check signed in: who it is, its token, and the profile in the answer. */
export interface SignedIn {
  readonly person: Person;
  readonly token: OAuthToken;
  readonly profile: Profile;
}

/** Where it is written down which users are to be disconnected, should this process not come to it. */
export interface UserBook {
  record(id: string): void;
  forget(id: string): void;
}

/** A provider to act on. Its requests are recorded, and the users made through it are disconnected at the end. */
export class Place implements AsyncDisposable {
  readonly client: Client;
  readonly #baseUrl: () => string;
  readonly #mint: Mint;
  readonly #newPerson: () => Person;
  readonly #book: UserBook | undefined;
  readonly #timeoutMs: number;
  readonly #made = new Set<string>();

  /** @param options.timeoutMs How long a request may take. */
  constructor(options: {
    baseUrl: () => string;
    mint: Mint;
    newPerson: () => Person;
    timeoutMs: number;
    book?: UserBook;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#mint = options.mint;
    this.#newPerson = options.newPerson;
    this.#book = options.book;
    this.#timeoutMs = options.timeoutMs;
    this.client = new RecordingClient(options.baseUrl, (id) => this.remember(id), options.timeoutMs);
  }

  /** Where it is now: a target of the check's own has another URL after each start. */
  get baseUrl(): string {
    return this.#baseUrl();
  }

  /** Signs a person in (a new one unless told). The check fails unless the answer is 200 with a profile. */
  async signIn(person: Person = this.#newPerson()): Promise<SignedIn> {
    const token = await this.#mint.signIn(person);
    return { person, token, profile: profileOf(await this.client.authenticate(token)) };
  }

  /** Signs all of these in at once; who stands there twice signs in twice. The tokens are made before anything is sent. */
  async signInAll(people: readonly Person[]): Promise<SignedIn[]> {
    const signIn = await this.prepareSignIns(people);
    return signIn();
  }

  /** Makes the tokens now; the function sends the sign-ins, all at once: other requests that are sent with them need not wait for signatures. */
  async prepareSignIns(people: readonly Person[]): Promise<() => Promise<SignedIn[]>> {
    const tokens = await Promise.all(people.map((person) => this.#mint.signIn(person)));
    return async () => {
      const answers = await Promise.all(tokens.map((token) => this.client.authenticate(token)));
      return answers.map((answer, at) => ({ person: people[at]!, token: tokens[at]!, profile: profileOf(answer) }));
    };
  }

  /** What `work` begins with arrives at the provider together. */
  volley<T>(work: () => Promise<T>): Promise<T> {
    return this.client.volley(work);
  }

  /** Signs in as many new people: one, for whom the provider may have to ask the issuer for its keys, then the others at once. */
  async signInMany(count: number): Promise<SignedIn[]> {
    const [first, ...others] = Array.from({ length: count }, this.#newPerson);
    return first ? [await this.signIn(first), ...(await this.signInAll(others))] : [];
  }

  /** The users of the snapshot: ours and strangers'. */
  async users(): Promise<Profile[]> {
    return usersOf(await this.client.snapshot());
  }

  /** The users of the snapshot that mention this person in any field, whatever their ids. */
  async usersLike({ nickname }: Person): Promise<Profile[]> {
    return (await this.users()).filter((user) => JSON.stringify(user).includes(nickname));
  }

  /** The user of this id, by id. */
  async user(id: string): Promise<Profile> {
    return profileOf(await this.client.one(id));
  }

  /** Disconnects a user; the users that the answer holds. */
  async disconnect(id: string): Promise<Profile[]> {
    return usersOf(await this.client.disconnect(id));
  }

  /** What the two reads say of these users. */
  view(...ids: string[]): Promise<View> {
    return viewOf(this.client, ids);
  }

  /** Who of these is there. */
  presence(...ids: string[]): Promise<Record<string, Presence>> {
    return presenceOf(this.client, ids);
  }

  /** Has a user that was made in another way (over a raw socket) disconnected at the end too. */
  remember(id: string): void {
    if (this.#made.has(id)) return;
    this.#made.add(id);
    this.#book?.record(id);
  }

  /** Disconnects what was made. A user that gets no answer stays in the book: the gate comes back for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const client = openClient(this.#baseUrl, { timeoutMs: this.#timeoutMs });
    const gone = [...this.#made].map((id) => client.disconnect(id).then(() => this.#book?.forget(id)));
    await Promise.allSettled(gone);
  }
}
