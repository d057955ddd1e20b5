import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import { RawConnection } from '../../support/faults/raw-connection.ts';
import { requirement } from '../../support/requirement.ts';

requirement(
  'USR-FAULT-046',
  'what was asked meanwhile is answered when the process goes on',
  { needs: ['claims', 'fresh', 'pause'] },
  async (context) => {
    const own = await context.openOwn();
    const { profile } = await own.signIn();
    const before = await own.view(profile.id);
    const token = await context.mint.signIn(context.newPerson());

    await own.target.pause();
    const asked = [own.client.snapshot(), own.client.authenticate(token)] as const;
    using later = await RawConnection.open(own.target.baseUrl); // the kernel took those before it, too
    await own.target.resume();

    const [snapshot, signedIn] = await Promise.all(asked);
    expect(later).toBeDefined();
    expect(usersOf(snapshot).map(({ id }) => id)).toContain(profile.id);
    expect(await own.user(profileOf(signedIn).id)).toBeDefined();
    expect(await own.view(profile.id)).toEqual(before);
  },
);
