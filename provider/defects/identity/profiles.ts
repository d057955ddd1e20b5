import type { Socket } from 'node:net';
import { both, extend, isAt, profile, snapshots, store, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Identity } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { keeps, keepsText, keyedBy, remembers } from '../support/keeping.ts';

/** In bytes. */
const PIECE = 16_384;

/** Alters the name that is kept. */
const names = (alter: (name: string) => string) => keepsText('name', alter);

/** A username made from the nickname, with the first number that is free: `last` at the most. */
function numbersUsernames(last: number): Alteration {
  const taken = new Map<string, string>();
  const nameOf = (id: string, nickname: string): string => {
    const given = taken.get(id);
    if (given !== undefined) return given;
    const all = new Set(taken.values());
    let number = 1;
    while (number < last && all.has(`${nickname}-${number}`)) number += 1;
    taken.set(id, `${nickname}-${number}`);
    return `${nickname}-${number}`;
  };
  return profile((sent, { id, identity: { nickname } }) =>
    nickname ? { ...sent, username: nameOf(id, nickname) } : sent,
  );
}

function picturesByConnection(): Alteration {
  const connections = new Map<string, Socket>();
  const pictures = new WeakMap<Socket, string>();
  return both(
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      const connection = connections.get(token);
      connections.delete(token);
      const picture = identity.picture ?? (connection && pictures.get(connection));
      if (connection && picture) pictures.set(connection, picture);
      return { ...identity, ...(picture && { picture }) };
    }),
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { access_token } = (request.body ?? {}) as { access_token?: string };
        if (isAt(request, 'authenticate') && access_token) connections.set(access_token, request.socket);
      });
    }),
  );
}

/** Profiles that are not those of the person who signed in. */
export const identityProfileDefects: readonly Defect[] = [
  {
    name: 'missing-is-from-before',
    sentence: 'What a token does not say is filled in from the token before it: one object serves all.',
    requirement: 'USR-ID-024',
    seed: verifier((verify) => {
      let last: Partial<Identity> = {};
      return async (token) => {
        const identity = { ...last, ...(await verify(token)) };
        last = identity;
        return identity;
      };
    }),
  },
  {
    name: 'picture-is-by-name',
    sentence: 'Pictures are kept by the name that they were first seen with: a namesake has that of the first.',
    requirement: 'USR-ID-028',
    seed: verifier((verify) => {
      const pictures = new Map<string | undefined, string | undefined>();
      return async (token) => {
        const identity = await verify(token);
        if (!pictures.has(identity.name)) pictures.set(identity.name, identity.picture);
        const picture = pictures.get(identity.name);
        return { ...identity, ...(picture !== undefined && { picture }) };
      };
    }),
  },
  {
    name: 'taken-nickname-is-500',
    sentence:
      'Who comes back with the nickname of another user is answered with 500: the index of nicknames is unique.',
    requirement: 'USR-ID-028',
    seed: store((own) => ({
      signIn(identity, now) {
        const others = [...own.all()].filter((user) => user.identity.subject !== identity.subject);
        const isKnown = [...own.all()].length > others.length;
        const isTaken = others.some((user) => user.identity.nickname === identity.nickname);
        if (isKnown && isTaken && identity.nickname) throw new Error('UNIQUE constraint failed: users.nickname');
        return own.signIn(identity, now);
      },
    })),
  },
  {
    name: 'missing-email-is-a-namesakes',
    sentence: 'Who signs in without an e-mail address gets that of a user of the same name.',
    requirement: 'USR-ID-028',
    seed: store((own) => ({
      signIn(identity, now) {
        const namesake = [...own.all()].find((user) => user.identity.name === identity.name);
        const email = identity.email ?? namesake?.identity.email;
        return own.signIn({ ...identity, ...(email && { email }) }, now);
      },
    })),
  },
  {
    name: 'picture-stays-with-connection',
    sentence: 'Who signs in without a picture gets that of the last sign-in over the same connection.',
    requirement: 'USR-ID-028',
    seed: picturesByConnection(),
  },
  {
    name: 'fields-swap-without-nickname',
    sentence:
      'Where a token has no nickname, name and e-mail address are each the other: they are told by their places.',
    requirement: 'USR-ID-028',
    seed: keeps(({ name, email, ...rest }) =>
      name && email && !rest.nickname
        ? { ...rest, name: email, email: name }
        : { ...rest, ...(name && { name }), ...(email && { email }) },
    ),
  },
  {
    name: 'missing-email-is-another-user',
    sentence: 'A user is found by subject and e-mail address: the same person without one is somebody else.',
    requirement: 'USR-ID-003',
    seed: keyedBy(({ subject, email }) => (email === undefined ? `${subject} ` : subject)),
  },
  {
    name: 'picture-is-the-first',
    sentence: 'The picture of a user stays that of its first token.',
    requirement: 'USR-LIFE-028',
    seed: remembers((user, before) => {
      const picture = before?.identity.picture;
      return picture === undefined ? user : { ...user, identity: { ...user.identity, picture } };
    }),
  },
  {
    name: 'missing-picture-wipes-all',
    sentence: 'A token without a picture empties the whole profile.',
    requirement: 'USR-LIFE-028',
    seed: keeps((identity) => (identity.picture === undefined ? { subject: identity.subject } : identity)),
  },
  {
    name: 'missing-email-is-made-up',
    sentence: "A token without an e-mail address gives its user one that is somebody else's.",
    requirement: 'USR-ID-025',
    seed: keeps((identity) => ({ email: 'user@example.com', ...identity })),
  },
  {
    name: 'missing-email-is-500',
    sentence: 'A token without an e-mail address is answered with 500.',
    requirement: 'USR-LIFE-027',
    seed: keeps((identity) => {
      if (identity.email === undefined)
        throw new TypeError("Cannot read properties of undefined (reading 'toLowerCase')");
      return identity;
    }),
  },
  {
    name: 'username-is-nickname',
    sentence: 'The username is the nickname as the token has it, whoever else has that.',
    requirement: 'USR-ID-027',
    seed: profile(({ vanityname, ...rest }) => ({ ...rest, ...(vanityname ? { username: vanityname } : {}) })),
  },
  {
    name: 'usernames-run-out',
    sentence: 'A username that is taken gets a number, up to four; whoever comes later has the last one too.',
    requirement: 'USR-ID-027',
    seed: numbersUsernames(4),
  },
  {
    name: 'email-loses-tag',
    sentence: 'The part of an e-mail address from a plus sign on is dropped.',
    requirement: 'USR-LIFE-021',
    seed: keepsText('email', (email) => email.replace(/\+[^@]*/, '')),
  },
  {
    name: 'picture-loses-query',
    sentence: 'The query of a picture is dropped.',
    requirement: 'USR-LIFE-026',
    seed: keepsText('picture', (picture) => picture.split('?', 1)[0] ?? ''),
  },
  {
    name: 'name-ends-at-nul',
    sentence: 'A name ends at a NUL, as a C string does.',
    requirement: 'USR-LIFE-025',
    seed: names((name) => name.split('\0', 1)[0] ?? ''),
  },
  {
    name: 'name-is-email',
    sentence: 'The name of a user is its e-mail address.',
    requirement: 'USR-LIFE-023',
    seed: keeps((identity) => (identity.email ? { ...identity, name: identity.email } : identity)),
  },
  {
    name: 'name-is-cut',
    sentence: 'A name is cut off after twenty characters.',
    requirement: 'USR-LIFE-024',
    seed: names((name) => name.slice(0, 20)),
  },
  {
    name: 'list-is-read-in-pieces',
    sentence: 'The list goes out in pieces of 16 KiB, and a letter that lies on the edge of two is lost.',
    requirement: 'USR-LIFE-024',
    seed: snapshots((own) => ({
      current: () => {
        const { bytes, etag } = own.current();
        const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, at) =>
          bytes.subarray(at * PIECE, (at + 1) * PIECE).toString(),
        );
        return { bytes: Buffer.from(pieces.join('').replaceAll('\u{fffd}', '')), etag };
      },
    })),
  },
  {
    name: 'name-is-cut-in-a-letter',
    sentence: 'A name is cut off after 24 bytes, also inside of a letter.',
    requirement: 'USR-LIFE-022',
    seed: names((name) => Buffer.from(name).subarray(0, 24).toString()),
  },
  {
    name: 'name-is-ascii',
    sentence: 'Letters that are no ASCII become question marks.',
    requirement: 'USR-LIFE-022',
    seed: names((name) => name.replaceAll(/[^\0-\x7f]/gu, '?')),
  },
  {
    name: 'name-is-bmp',
    sentence: 'Characters of four bytes in UTF-8 are dropped, as an old character set of a database does.',
    requirement: 'USR-LIFE-022',
    seed: names((name) => name.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '')),
  },
  {
    name: 'name-is-encoded-twice',
    sentence: 'UTF-8 is taken for Latin-1 and encoded again.',
    requirement: 'USR-LIFE-022',
    seed: names((name) => Buffer.from(name).toString('latin1')),
  },
  {
    name: 'name-is-escaped',
    sentence: 'A name is escaped for HTML when it is kept.',
    requirement: 'USR-LIFE-023',
    seed: names((name) => name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;')),
  },
  {
    name: 'name-is-escaped-again',
    sentence: 'A name is escaped for HTML when a user that is known signs in.',
    requirement: 'USR-LIFE-023',
    seed: store((own) => ({
      signIn(identity, now) {
        const known = [...own.all()].some((user) => user.identity.subject === identity.subject);
        const name = identity.name?.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');
        return own.signIn(known && name ? { ...identity, name } : identity, now);
      },
    })),
  },
  {
    name: 'id-from-email',
    sentence: 'The id of a user is made from its e-mail address: a new address makes another user of it on the wire.',
    requirement: 'USR-ONE-001',
    seed: profile((user) => ({
      ...user,
      id: `${Buffer.from(user.email ?? 'nobody')
        .toString('hex')
        .padEnd(32, '0')
        .slice(-12)}${user.id.slice(12)}`,
    })),
  },
  {
    name: 'id-changes-with-sign-in',
    sentence: 'A user gets another id each time it signs in.',
    requirement: 'USR-ID-003',
    seed: store((own) => ({
      signIn(identity, now) {
        const known = [...own.all()].find((user) => user.identity.subject === identity.subject);
        if (known) own.remove(known.id);
        return own.signIn(identity, now);
      },
    })),
  },
];
