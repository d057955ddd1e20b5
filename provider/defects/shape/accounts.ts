import { both, json, profile } from '../../alterations/hooks.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { keepsTokens } from '../support/keeping.ts';

const GITHUB = /^github\|(.+)/;

/** The account in the words of the model's `providers`; undefined for those that are not GitHub's. */
const accountOf = ({ identity }: User): string | undefined => GITHUB.exec(identity.subject)?.[1];

/** What is told only of some users, or of what their tokens lack. */
export const accountDefects: readonly Defect[] = [
  {
    name: 'github-account-in-camel-case',
    sentence: 'A user with a GitHub account is sent with a provider that has userId in the place of user_id.',
    requirement: 'USR-SNAP-005',
    seed: profile((own, user) => {
      const userId = accountOf(user);
      return userId === undefined ? own : { ...own, providers: { iterable: [{ type: 'github', userId }] } };
    }),
  },
  {
    name: 'github-account-shows-token',
    sentence: 'A user with a GitHub account is sent with the access token that signed it in.',
    requirement: 'USR-SEC-030',
    seed: (parts, settings) => {
      const tokens = new Map<string, string>();
      return both(
        keepsTokens(tokens),
        profile((own, user) => {
          const user_id = accountOf(user);
          const access_token = tokens.get(user.identity.subject);
          if (user_id === undefined || access_token === undefined) return own;
          return { ...own, providers: { iterable: [{ type: 'github', user_id, access_token }] } };
        }),
      )(parts, settings);
    },
  },
  {
    name: 'no-picture-is-null-text',
    sentence: 'Who has no picture is sent with the picture "null".',
    requirement: 'USR-ID-026',
    seed: profile((own) => ({ ...own, picture: String(own.picture ?? null) })),
  },
  {
    name: 'no-name-is-undefined-text',
    sentence: 'By id, the vanity name of who has no nickname is "undefined" in a text.',
    requirement: 'USR-ID-026',
    seed: json('one', (own) => ({ ...own, vanityname: own.vanityname ?? `user ${own.vanityname}` })),
  },
];
