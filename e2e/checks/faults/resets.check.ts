import { expect } from '@jest/globals';
import { Crowd } from '../../support/faults/crowd.ts';
import { signInBytes } from '../../support/faults/sign-in-bytes.ts';
import { requirement } from '../../support/requirement.ts';

const RESETS = 200;

requirement(
  'USR-FAULT-045',
  'users are as before when 200 connections were reset',
  { needs: ['claims', 'fresh'] },
  async (context) => {
    const own = await context.openOwn();
    const { profile } = await own.signIn();
    const before = await own.view(profile.id);
    const person = context.newPerson();
    const { head, body } = signInBytes(own.target.baseUrl, await context.mint.signIn(person));
    const bytes = head + body;
    using crowd = await Crowd.open(own.target.baseUrl, RESETS);

    await crowd.each(async (connection, at) => {
      await connection.send(bytes.slice(0, Math.floor((at / RESETS) * bytes.length)));
      connection.reset();
    });
    await own.signIn();

    expect(await own.usersLike(person)).toEqual([]);
    expect(await own.view(profile.id)).toEqual(before);
  },
);
