import http from 'k6/http';
import { plan, residents, turn } from '../given.ts';
import { type Answer, measure } from '../measure.ts';
import { profilesOf } from '../profile.ts';

/** Of the answers that are read, one in this many is taken apart; in the others the user is looked for as text, which costs little. */
const PARSED_EACH = 10;

/** `GET /users`: every resident must be in it; one of them is looked for at a time. */
export function snapshot(index: number): void {
  const reads = index % plan.readEach === 0;
  const parses = index % (plan.readEach * PARSED_EACH) === 0;
  const send = () =>
    http.get(`${plan.baseUrl}/users`, { responseType: reads ? 'text' : 'none', tags: { name: 'users_snapshot' } });

  measure('users_snapshot', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    if (parses) return faultOf(answer, index);
    if (!reads || residents.length === 0) return undefined;
    return String(answer.body).includes(turn(residents, index).id) ? undefined : 'a user is missing';
  });
}

function faultOf(answer: Answer, index: number): string | undefined {
  const profiles = profilesOf(answer);
  if (!profiles) return 'no Users object';
  if (residents.length === 0) return undefined;
  const resident = turn(residents, index);
  const profile = profiles.find(({ id }) => id === resident.id);
  if (!profile) return 'a user is missing';
  return (profile.email ?? resident.email) === resident.email ? undefined : 'a user with the e-mail of another';
}
