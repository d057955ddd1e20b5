import { expectNeverMerged } from '../../support/never-merged.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-ID-008', 'subjects are different people when they differ in case', {}, (context) =>
  expectNeverMerged(context, (unique) => [`auth0|${unique}`, `auth0|${unique.toUpperCase()}`, `Auth0|${unique}`]),
);

requirement('USR-ID-009', 'subjects are different people when they differ in white space', {}, (context) =>
  expectNeverMerged(context, (unique) => [
    `auth0|${unique}`,
    `auth0|${unique} `,
    ` auth0|${unique}`,
    `auth0| ${unique}`,
    `auth0|${unique}\t`,
    `auth0|${unique}\n`,
    `auth0|${unique}\u00A0`,
    `auth0|${unique}\u200B`,
  ]),
);

requirement('USR-ID-010', 'subjects are different people when they look alike', {}, (context) =>
  expectNeverMerged(context, (unique) => [
    `auth0|${unique}-\u00E9`, // composed
    `auth0|${unique}-e\u0301`, // decomposed
    `auth0|${unique}-e`,
    `auth0|${unique}-\u0435`, // Cyrillic
    `auth0|${unique}-\uFF45`, // full width
    `auth0|${unique}-\u212A`, // the Kelvin sign, which lower case makes a k
    `auth0|${unique}-K`,
    `auth0|${unique}-k`,
    `auth0|${unique}-\u00DF`,
    `auth0|${unique}-ss`,
  ]),
);

requirement('USR-ID-010', 'subjects are different people when they are addresses of one mailbox', {}, (context) =>
  expectNeverMerged(context, (unique) =>
    ['a', 'A', 'a+b', 'a+c', 'b+a', 'a.', 'a-']
      .map((start) => `${start}${unique}@example.com`)
      .concat(
        [`${unique}+a@example.com`, `${unique}+b@example.com`, `${unique}@example.com`, `${unique}@EXAMPLE.COM`],
        [`mailto:${unique}@example.com`, `${unique}@example.com.`],
      ),
  ),
);

requirement('USR-ID-010', 'subjects are different people when there is nothing to see in them', {}, (context) =>
  expectNeverMerged(context, (unique) => {
    // The same text in blanks: space for 0 and another for 1.
    const bits = BigInt(`0x${unique.slice(-12)}`).toString(2);
    return ['\t', '\u00A0', '\u3000', '\u200B'].map((blank) => bits.replaceAll('0', ' ').replaceAll('1', blank));
  }),
);

requirement('USR-ID-011', 'subjects are different people when one begins or ends with another', {}, (context) =>
  expectNeverMerged(context, (unique) => [
    `auth0|${unique}`,
    `auth0|${unique}0`,
    `auth0|${unique}|auth0`,
    `auth0|${unique.slice(0, -1)}`,
    `x|auth0|${unique}`,
    unique,
  ]),
);

requirement('USR-ID-012', 'subjects are different people when only the 255th character differs', {}, (context) =>
  expectNeverMerged(context, (unique) => ['a', 'b', 'c'].map((last) => `auth0|${unique}-`.padEnd(254, 'x') + last)),
);

requirement(
  'USR-ID-012',
  'subjects are different people when only the last of very many characters differs',
  {},
  (context) =>
    expectNeverMerged(context, (unique) =>
      [255, 300, 520, 1_100, 2_100].flatMap((length) =>
        ['a', 'b'].map((last) => `auth0|${unique}-`.padEnd(length - 1, 'x') + last),
      ),
    ),
);

requirement('USR-ID-013', 'subjects are different people when one is a pattern for another', {}, (context) =>
  expectNeverMerged(context, (unique) =>
    ['a1', '__', '%', '*', '?1', '.*', '[a-z]1', 'a_', '_%', '(a|b)1', "' OR '1'='1", '"', '$ne'].map(
      (pattern) => `auth0|${unique}-${pattern}`,
    ),
  ),
);

requirement('USR-ID-014', 'subjects are different people when they are the same number', {}, (context) =>
  expectNeverMerged(context, (unique) => {
    const account = BigInt(`0x1${unique.slice(-10)}`);
    // More digits than a double holds: the last would be rounded away.
    const digits = account * 10_000_000n;
    const spellings = (number: bigint) => [
      `${number}`,
      `0${number}`,
      `${number}.0`,
      `+${number}`,
      `${number}e0`,
      ` ${number}`,
    ];
    const bare = [...spellings(digits), `${digits + 1n}`, ...spellings(account)];
    return [...bare, ...spellings(account).map((number) => `github|${number}`)];
  }),
);

requirement('USR-ID-021', 'subjects are different people when only the identity provider differs', {}, (context) =>
  expectNeverMerged(context, (unique) =>
    ['auth0', 'github', 'google-oauth2', 'oauth2'].map((from) => `${from}|${unique}`),
  ),
);

requirement('USR-ID-022', 'subjects are different people when one is encoded', {}, (context) =>
  expectNeverMerged(context, (unique) =>
    ['a/b', 'a%2Fb', 'a%252Fb', 'a&b', 'a&amp;b', 'a+b', 'a b', 'a%20b', 'a\\u0062', 'a\\/b'].map(
      (spelling) => `auth0|${unique}-${spelling}`,
    ),
  ),
);

requirement('USR-ID-022', 'subjects are different people when they are one path', {}, (context) =>
  expectNeverMerged(context, (unique) =>
    ['a/b', 'a//b', 'a/./b', 'a/b/', 'a/c/../b', 'a\\b'].map((path) => `auth0|${unique}/${path}`),
  ),
);

requirement('USR-ID-022', 'subjects are different people when their characters share their low bytes', {}, (context) =>
  expectNeverMerged(context, (unique) =>
    ['a', '\u0161', '\u0261', '\u6161', '\u{10061}', '\u{1F600}', '', '?', '\uFFFD'].map(
      (last) => `auth0|${unique}-${last}`,
    ),
  ),
);

requirement('USR-ID-023', 'subjects are different people when they differ behind a NUL', {}, (context) =>
  expectNeverMerged(context, (unique) => ['a', 'a\0', 'a\0b', 'a\0c'].map((end) => `auth0|${unique}-${end}`)),
);

/** Texts of one hash, whatever stands before and behind them. */
const SAME_HASH = [
  ['Aa', 'BB'], // times 31: Java's String.hashCode
  ['Cb', 'DA'], // times 33: djb2
  ['plumless', 'buckeroo'], // CRC-32
  ['bbb', 'cac'], // Adler-32
];

requirement('USR-ID-029', 'subjects are different people when they have the same hash', {}, (context) =>
  expectNeverMerged(context, (unique) => SAME_HASH.flat().map((text) => `auth0|${unique}-${text}`)),
);
