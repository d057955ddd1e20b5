import exec from 'k6/execution';
import http from 'k6/http';
import { plan, residents, turn } from '../given.ts';
import { type Answer, measure } from '../measure.ts';
import type { Resident } from '../plan.ts';
import { profileIn, profilesOf } from '../profile.ts';

/**
 * Where every answer is read, one in this many is parsed whole; in the others k6 looks one user up without, which costs a tenth. With
 * many users none is: it would take k6 longer than the provider takes for all of them.
 */
const PARSED_EACH = 25;

/** `GET /users`: every resident must be in it; one of them is looked for at a time. */
export function snapshot(index: number): void {
  const reads = index % plan.readEach === 0;
  const parses = plan.readEach === 1 && index % PARSED_EACH === 0;
  const send = () =>
    http.get(`${plan.baseUrl}/users`, { responseType: reads ? 'text' : 'none', tags: { name: 'users_snapshot' } });

  measure('users_snapshot', send, (answer) => {
    if (answer.status !== 200) return `status ${answer.status}`;
    if (parses) return faultOf(answer, index);
    if (!reads || residents.length === 0 || answer.body === lastRight) return undefined;
    const fault = quickFaultOf(answer);
    if (fault === undefined) lastRight = String(answer.body);
    return fault;
  });
}

/** What this VU last read and found right: the same text again is right again, and to compare costs less than to search. */
let lastRight: string | undefined;

/** Each VU looks for one user, always the same: k6 parses an element of a shared list anew in each VU. */
let own: Resident | undefined;
function ownResident(): Resident {
  own ??= turn(residents, exec.vu.idInTest);
  return own;
}

/** k6 throws at what is no JSON. */
function quickFaultOf(answer: Answer): string | undefined {
  try {
    return faultOfResident(profileIn(answer, ownResident().id), ownResident());
  } catch {
    return 'no Users object';
  }
}

function faultOf(answer: Answer, index: number): string | undefined {
  const profiles = profilesOf(answer);
  if (!profiles) return 'no Users object';
  if (residents.length === 0) return undefined;
  const resident = turn(residents, index);
  const profile = profiles.find(({ id }) => id === resident.id);
  return faultOfResident(profile, resident);
}

function faultOfResident(profile: Partial<Resident> | undefined, resident: Resident): string | undefined {
  if (!profile) return 'a user is missing';
  return (profile.email ?? resident.email) === resident.email ? undefined : 'a user with the e-mail of another';
}
