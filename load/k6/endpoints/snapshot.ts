import http from 'k6/http';
import { plan, residents, turn } from '../given.ts';
import { type Answer, measure } from '../measure.ts';
import { profilesOf } from '../profile.ts';

/** `GET /users`: every resident must be in it; one of them is looked for at a time. */
export function snapshot(index: number): void {
  const reads = index % plan.readEach === 0;
  const send = () =>
    http.get(`${plan.baseUrl}/users`, {
      responseType: reads ? 'text' : 'none',
      tags: { name: 'users_snapshot' },
    });

  measure('users_snapshot', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    return reads ? faultOf(answer, index) : undefined;
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
