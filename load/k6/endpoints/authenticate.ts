import http from 'k6/http';
import { plan, turn, visitors } from '../given.ts';
import { measure } from '../measure.ts';
import { profileOf } from '../profile.ts';

/** `POST /users/authenticate/from_token`: the answer is the profile of the token's user. Gives the user's id, if there is one. */
export function authenticate(index: number): string | undefined {
  const visitor = turn(visitors, index);
  const send = () =>
    http.post(`${plan.baseUrl}/users/authenticate/from_token`, visitor.token, {
      headers: { 'Content-Type': 'application/json' },
      responseType: 'text',
      tags: { name: 'authenticate_from_oauth_token' },
    });

  let id: string | undefined;
  measure('authenticate_from_oauth_token', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    const profile = profileOf(answer);
    if (!profile) return 'no UserProfile object';
    id = profile.id;
    const known = profile.email !== undefined && visitor.email !== undefined;
    return known && profile.email !== visitor.email ? 'the profile of another' : undefined;
  });
  return id;
}
