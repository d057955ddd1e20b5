import { expect } from '@jest/globals';
import type { Answer } from '../../../target/http.ts';
import { profileOf, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { core, type Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

/**
 * What clients say that they take: fetch of browsers and of Node, curl --compressed. None takes deflate alone, of which servers
 * understand two things: with zlib's header (RFC 9110, section 8.4.1.2), and without.
 */
const ACCEPTED = ['gzip', 'gzip, deflate', 'gzip, deflate, br'];
/** What no client says. Whoever has only other codings may answer 406, as CherryPy does. */
const ODD = ['br', 'gzip;q=0, deflate;q=0, br;q=0'];

requirement(
  'USR-LIFE-043',
  'all operations say the same when the client takes compressed answers',
  {},
  async (context) => {
    // Short answers are rarely compressed.
    const [first] = await context.signInAll(
      [1, 2, 3, 4].map(() => context.newPerson({ name: 'Ada '.repeat(60).trim() })),
    );
    const { id } = first!.profile;

    for (const accepted of [...ACCEPTED, ...ODD]) {
      const taking = new Taking(context, accepted);
      if (ODD.includes(accepted) && (await taking.isRefused())) continue;
      const known = await taking.users(); // once it was read, a cache holds it
      const { person, profile } = await taking.signIn();
      const name = `${person.name} again`;
      const { profile: renamed } = await context.signIn({ ...person, name });

      const listed = await taking.users();
      expect({ accepted, found: core(await taking.user(profile.id)) }).toEqual({ accepted, found: core(renamed) });
      expect({ accepted, listed: listed.filter((user) => user.id === profile.id).map(core) }).toEqual({
        accepted,
        listed: [core(renamed)],
      });
      const left = await taking.disconnect(profile.id);

      const lists = [known, listed, left, await taking.users()].map((users) => users.map((user) => user.id));
      const has = (who: string) => lists.map((ids) => ids.filter((one) => one === who).length);
      expect({ accepted, bystander: has(id), guest: has(profile.id) }).toEqual({
        accepted,
        bystander: [1, 1, 1, 1],
        guest: [0, 1, 0, 0],
      });
    }
  },
);

/** The operations of a client that takes these content codings; the HTTP library decodes them. */
class Taking {
  readonly #context: Context;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(context: Context, accepted: string) {
    this.#context = context;
    this.#headers = { accept: 'application/json', 'accept-encoding': accepted };
  }

  async isRefused(): Promise<boolean> {
    return (await this.#context.client.snapshot(this.#headers)).status === 406;
  }

  async users(): Promise<Profile[]> {
    return usersOf(await this.#context.client.snapshot(this.#headers));
  }

  async user(id: string): Promise<Profile> {
    return profileOf(await this.#send('GET', `/users/${encodeURIComponent(id)}`));
  }

  async signIn() {
    const person = this.#context.newPerson();
    const answer = await this.#context.client.authenticate(await this.#context.mint.signIn(person), this.#headers);
    const profile = profileOf(answer);
    this.#context.remember(profile.id);
    return { person, profile };
  }

  async disconnect(id: string): Promise<Profile[]> {
    return usersOf(await this.#send('POST', `/users/${encodeURIComponent(id)}/disconnect`));
  }

  #send(method: string, path: string): Promise<Answer> {
    return this.#context.client.send(method, path, { headers: this.#headers });
  }
}
