import { store, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Identity, User } from '../../user.ts';

/** Answers a changed user, and keeps it changed. Memory only: what the disk says is not the point here. */
export const remembers = (change: (user: User, before: User | undefined) => User): Alteration =>
  store((own) => {
    const changed = new Map<string, User>();
    const asChanged = (user: User): User => changed.get(user.id) ?? user;
    return {
      all: () => [...own.all()].map(asChanged),
      find(id) {
        const user = own.find(id);
        return user && asChanged(user);
      },
      signIn(identity, now) {
        const user = own.signIn(identity, now);
        const before = changed.get(user.id);
        changed.set(user.id, change(user, before));
        return asChanged(user);
      },
    };
  });

/** Who comes back after a sign-out comes back as somebody else: `become` gets who the token says, and who it was. */
export const comesBack = (become: (identity: Identity, former: Identity) => Identity): Alteration =>
  store((own) => {
    const gone = new Map<string, Identity>();
    return {
      signIn(identity, now) {
        const former = gone.get(identity.subject);
        return own.signIn(former ? become(identity, former) : identity, now);
      },
      remove(id) {
        const user = own.find(id);
        if (user) gone.set(user.identity.subject, user.identity);
        return own.remove(id);
      },
    };
  });

/** Keeps the token with which each subject signed in last. */
export const keepsTokens = (bySubject: Map<string, string>): Alteration =>
  verifier((verify) => async (token) => {
    const identity = await verify(token);
    bySubject.set(identity.subject, token);
    return identity;
  });

/** Alters what is kept of somebody. */
export const keeps = (alter: (identity: Identity) => Identity): Alteration =>
  verifier((verify) => async (token) => alter(await verify(token)));

/** Alters one text that is kept of somebody, where the token has it. */
export const keepsText = (field: 'name' | 'email' | 'picture', alter: (text: string) => string): Alteration =>
  keeps((identity) => {
    const text = identity[field];
    return text === undefined ? identity : { ...identity, [field]: alter(text) };
  });

/** Tells people apart by something else than their subject. */
export const keyedBy = (key: (identity: Identity, users: readonly User[]) => string): Alteration =>
  store((own) => ({
    signIn: (identity, now) => own.signIn({ ...identity, subject: key(identity, [...own.all()]) }, now),
  }));
