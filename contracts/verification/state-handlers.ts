import { type StateKey, states } from '../states.ts';
import { NotSent, type Scene, type SignedIn, Unavailable } from './scene.ts';

/** Makes a state in a scene and gives the values that `states.json` promises of it. */
export type StateHandler = (scene: Scene, params: Readonly<Record<string, unknown>>) => Promise<Record<string, string>>;

/** Base URL of another instance of the target, with nobody signed in; rejects with `Unavailable` where there is none. */
export type EmptyTarget = () => Promise<string>;

/** The claims that a profile is filled from; without them the required fields are left. */
const PROFILE_CLAIMS = { name: undefined, email: undefined, picture: undefined, nickname: undefined };

const HOUR_S = 3600;

/** One handler for each state: a state without one does not compile. */
export function stateHandlers(emptyTarget: EmptyTarget): Record<StateKey, StateHandler> {
  return {
    nobody: async (scene) => {
      scene.baseUrl = await emptyTarget();
      return {};
    },
    someone: async (scene) => ({ id: (await scene.signIn()).id }),
    bareUser: async (scene) => {
      scene.needs('claims');
      return { id: (await scene.signIn(scene.person(), { claims: PROFILE_CLAIMS })).id };
    },
    fullUser: async (scene, params) => ({ id: expectSent(await scene.signIn(), params).id }),
    several: async (scene, { count }) => {
      const users = await Promise.all(Array.from({ length: Number(count) }, () => scene.signIn()));
      return { id: users[0]!.id };
    },
    lastUser: async (scene) => {
      scene.baseUrl = await emptyTarget();
      return { id: (await scene.signIn()).id };
    },
    signedOut: async (scene) => {
      const { id } = await scene.signIn();
      await scene.signOutAll();
      await signInWitness(scene);
      return { id };
    },
    stranger: async (scene) => {
      await signInWitness(scene);
      return { id: crypto.randomUUID() };
    },
    goodToken: async (scene) => {
      scene.needs('tokens');
      await signInWitness(scene);
      return { accessToken: (await scene.mint.signIn(scene.person())).access_token };
    },
    goodPair: async (scene) => {
      scene.needs('tokens');
      const {
        access_token: accessToken,
        id_token: idToken,
        scope = 'openid',
      } = await scene.mint.signIn(scene.person());
      if (idToken === undefined) throw new Unavailable('the source of tokens gives no id token');
      return { accessToken, idToken: String(idToken), scope: String(scope) };
    },
    fullToken: async (scene, params) => {
      scene.needs('tokens');
      const person = scene.person();
      // The interaction has no id token, and some providers read the profile from nothing else.
      const { id_token: _, ...token } = await scene.mint.signIn(person);
      expectSent(await scene.signInBy(token, person), params);
      await scene.signOutAll();
      return { accessToken: (await scene.mint.signIn(person)).access_token };
    },
    bareToken: async (scene) => {
      scene.needs('claims');
      return { accessToken: (await scene.mint.signIn(scene.person(), { claims: PROFILE_CLAIMS })).access_token };
    },
    expiredToken: async (scene) => {
      scene.needs('forge');
      const now = Math.floor(Date.now() / 1000);
      const claims = { iat: now - 2 * HOUR_S, nbf: now - 2 * HOUR_S, exp: now - HOUR_S };
      return { accessToken: await scene.mint.accessToken(scene.person(), { claims }) };
    },
    foreignToken: async (scene) => {
      scene.needs('forge');
      return { accessToken: await scene.mint.accessToken(scene.person(), { sign: 'foreign' }) };
    },
    otherAudience: async (scene) => {
      scene.needs('forge');
      return {
        accessToken: await scene.mint.accessToken(scene.person(), { claims: { aud: 'https://other.example' } }),
      };
    },
  };
}

/** The handler of a state by its name. Throws where there is none: a state that nobody makes must not pass. */
export function findHandler(handlers: Record<StateKey, StateHandler>, name: string): StateHandler {
  const key = (Object.keys(states) as StateKey[]).find((candidate) => states[candidate].name === name);
  if (!key) throw new Error(`no handler makes the state "${name}"`);
  return handlers[key];
}

/** Somebody else is there: a server that takes one for another has whom to take. */
async function signInWitness(scene: Scene): Promise<void> {
  if (scene.mint.can.has('claims')) await scene.signIn();
}

/** The user, whose profile has all of `fields`; a provider may rightly leave out any of them. */
function expectSent(user: SignedIn, { fields }: Readonly<Record<string, unknown>>): SignedIn {
  const missing = (fields as string[]).filter((field) => user.profile[field] == null);
  if (missing.length > 0) throw new NotSent(`this target sends no ${missing.join(', ')} (optional)`);
  return user;
}
