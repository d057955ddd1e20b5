import http from 'k6/http';
import { plan } from '../given.ts';
import { type Answer, measure } from '../measure.ts';
import { profileIn, profilesOf } from '../profile.ts';

/** `POST /users/{user}/disconnect`: the answer no longer holds the user. */
export function disconnect(id: string, index: number): void {
  const reads = index % plan.readEach === 0;
  const send = () =>
    http.post(`${plan.baseUrl}/users/${id}/disconnect`, null, {
      responseType: reads ? 'text' : 'none',
      tags: { name: 'users_disconnect_user' },
    });

  measure('users_disconnect_user', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    if (!reads) return undefined;
    return plan.readEach === 1 ? faultOf(answer, id) : quickFaultOf(answer, id);
  });
}

const STILL_THERE = 'the user is still there';

function faultOf(answer: Answer, id: string): string | undefined {
  const left = profilesOf(answer);
  if (!left) return 'no Users object';
  return left.some((profile) => profile.id === id) ? STILL_THERE : undefined;
}

function quickFaultOf(answer: Answer, id: string): string | undefined {
  try {
    return profileIn(answer, id) ? STILL_THERE : undefined;
  } catch {
    return 'no Users object';
  }
}
