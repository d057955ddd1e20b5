import http from 'k6/http';
import { plan, residents, turn } from '../given.ts';
import { measure } from '../measure.ts';
import { profileOf } from '../profile.ts';

/** `GET /users/{user}`: the answer is that user's profile. */
export function lookup(index: number): void {
  const resident = turn(residents, index);
  const send = () =>
    http.get(`${plan.baseUrl}/users/${resident.id}`, {
      responseType: 'text',
      tags: { name: 'users_specific_user_snapshot' },
    });

  measure('users_specific_user_snapshot', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    const profile = profileOf(answer);
    if (!profile) return 'no UserProfile object';
    return profile.id === resident.id && (profile.email ?? resident.email) === resident.email
      ? undefined
      : 'the profile of another';
  });
}
