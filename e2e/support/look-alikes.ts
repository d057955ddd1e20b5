import { randomInt } from 'node:crypto';
import type { Claims } from '../../target/claims.ts';
import type { Person } from '../../target/person.ts';
import { NOTHING } from './bare-sign-in.ts';
import type { Context } from './context.ts';

/** Somebody, and what the tokens say other than usual. */
export interface LookAlike {
  readonly person: Person;
  readonly claims?: Claims;
}

/** People whom no call before has made, each of another subject: what they share is what a provider might take for the person. */
export function lookAlikes(context: Context): LookAlike[] {
  const first = context.newPerson();
  const { email, name, nickname, picture } = first;
  const account = randomInt(2 ** 47);
  return [
    { person: first },
    { person: context.newPerson({ subject: `github|${account}`, email, name }) },
    { person: context.newPerson({ subject: `google-oauth2|${account}`, nickname, picture }) },
    { person: context.newPerson(), claims: NOTHING },
    { person: context.newPerson({ subject: `${first.subject}0`, email: email.toUpperCase() }) },
    { person: context.newPerson({ subject: String(account), email, name, nickname, picture }) },
  ];
}
