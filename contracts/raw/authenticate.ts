import type { Person } from '../../target/person.ts';
import type { Scene } from '../verification/scene.ts';
import type { RawCheck } from './check.ts';
import { Violated } from './check.ts';
import { expectCleanJson, expectModel, expectNoSecrets, expectObject, expectUsers, isOptional } from './expect.ts';

export const authenticateChecks: readonly RawCheck[] = [
  {
    requirement: 'USR-AUTH-002',
    name: 'a good token whose JSON is cut off is refused and makes no user',
    run: async (scene) => {
      scene.needs('tokens');
      const person = scene.person();
      const cutOff = JSON.stringify(await scene.mint.signIn(person)).slice(0, -1);
      const headers = { 'content-type': 'application/json' };
      const answer = await scene.client.send('POST', '/users/authenticate/from_token', { headers, body: cutOff });
      const made = expectUsers(await scene.client.snapshot()).filter((user) => mentions(user, person.nickname));
      for (const { id } of made) scene.adopt(String(id));
      if (answer.status < 400 || answer.status > 499) throw new Violated('a 4xx', `status ${answer.status}`);
      if (made.length > 0)
        throw new Violated('no user made', `status ${answer.status}, and the user is in the snapshot`);
    },
  },
  {
    requirement: 'USR-AUTH-003',
    name: 'a good token of the type UNKNOWN is taken',
    run: async (scene) => {
      const answer = await signIn(scene, { fields: { token_type: 'UNKNOWN' } });
      if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status}`);
    },
  },
  {
    requirement: 'USR-AUTH-012',
    name: 'a good token with fields of tomorrow is taken',
    run: async (scene) => {
      const fields = { issued_at: 1_767_225_600, 'x-device': { name: 'a laptop', trusted: true }, audiences: [] };
      const answer = await signIn(scene, { fields });
      if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status}`);
    },
  },
  {
    requirement: 'USR-AUTH-013',
    name: 'a good token is taken with a short and a long lifetime',
    run: async (scene) => {
      for (const seconds of [60, 30 * 86_400]) {
        const answer = await signIn(scene, { fields: { expires_in: seconds } });
        if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status} to expires_in ${seconds}`);
      }
    },
  },
  {
    requirement: 'USR-AUTH-014',
    name: 'a good token with a long scope and a long refresh token is taken',
    run: async (scene) => {
      const scope = Array.from({ length: 200 }, (_, index) => `read:things-${index}`).join(' ');
      const answer = await signIn(scene, { fields: { scope, refresh_token: 'r'.repeat(4_096) } });
      if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status}`);
    },
  },
  {
    requirement: 'USR-AUTH-011',
    name: 'a good token is taken when its content type names a charset',
    run: async (scene) => {
      const answer = await signIn(scene, { headers: { 'content-type': 'application/json; charset=utf-8' } });
      if (answer.status !== 200) throw new Violated('status 200', `status ${answer.status}`);
    },
  },
  {
    requirement: 'USR-AUTH-007',
    name: 'the optional fields of the raw profile that sign-in answers are as the model has them',
    run: async (scene, { model }) => {
      for (const person of scene.accounts())
        expectModel(expectObject(await signIn(scene, { person })), 'UserProfile', model, isOptional);
    },
  },
  {
    requirement: 'USR-AUTH-008',
    name: 'the bytes of the answer to a sign-in are flawless JSON',
    run: async (scene) => expectCleanJson(await signIn(scene)),
  },
  {
    requirement: 'USR-AUTH-009',
    name: 'the raw answer to a sign-in has no undeclared secret',
    run: async (scene, { model }) => {
      for (const person of scene.accounts()) expectNoSecrets(await signIn(scene, { person }), 'UserProfile', model);
    },
  },
];

interface SignInRequest {
  readonly person?: Person;
  /** Laid over the token's. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a good token, whatever it is. */
async function signIn(scene: Scene, { person = scene.person(), fields = {}, headers = {} }: SignInRequest = {}) {
  scene.needs('tokens');
  const token = await scene.mint.signIn(person);
  const answer = await scene.client.authenticate({ ...token, ...fields }, headers);
  scene.adoptFrom(answer.status, answer.text);
  return answer;
}

const mentions = (user: unknown, mark: string): boolean => JSON.stringify(user).includes(mark);
