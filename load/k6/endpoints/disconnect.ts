import http from 'k6/http';
import { plan, residents } from '../given.ts';
import { measure } from '../measure.ts';
import { profilesOf } from '../profile.ts';

/** The answer holds everyone who is left: it is read only where they are few. */
const READS = residents.length <= 200;

/** `POST /users/{user}/disconnect`: the answer no longer holds the user. */
export function disconnect(id: string): void {
  const send = () =>
    http.post(`${plan.baseUrl}/users/${id}/disconnect`, null, {
      responseType: READS ? 'text' : 'none',
      tags: { name: 'users_disconnect_user' },
    });

  measure('users_disconnect_user', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    if (!READS) return undefined;
    const left = profilesOf(answer);
    if (!left) return 'no Users object';
    return left.some((profile) => profile.id === id) ? 'the user is still there' : undefined;
  });
}
