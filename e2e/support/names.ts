import fc from 'fast-check';

/** Names of many scripts and of every Unicode plane that holds characters; whatever mangles text mangles one of these. */
export const NAMES_OF_MANY_SCRIPTS = [
  'Zoë Müller-Łukasz', // Latin with diacritics
  'Νίκος Καζαντζάκης',
  'Лев Толстой',
  'شيماء عبد الله', // right to left
  'דָּוִד בֶּן־גּוּרִיּוֹן', // right to left, with points
  '\u202Bאבג\u202C abc', // directional marks
  'अनन्या शर्मा', // conjuncts
  'ณัฐพงษ์ ศรีสุข', // no spaces within
  '王小明',
  'さくら ももこ',
  '김철수',
  'Ng\u0303uye\u0302\u0303n Va\u0306n', // combining marks
  'Z\u0351\u036B\u0343a\u0369\u0342l\u0327\u0321g\u0315\u0329o\u035C', // a pile of them
  '𝒜𝒹𝒶 𝓛', // plane 1
  '👩‍👩‍👧‍👦 👋🏽 🇺🇳', // plane 1, joined, with tone, flag
  '𠜎𠜱𠝹', // plane 2
  '𰻞𱁬', // plane 3
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿', // tags of plane 14
  '\u{F0000}\u{FFFFD}', // plane 15, private use
  '\u{100000}\u{10FFFD}', // plane 16, private use
  'ﬁ ﷺ Ⅳ ½ ①', // what compatibility normalisation would take apart
  'İıſẞß ΑΣ', // what changes of case would mangle
];

/** Names that some layer may read as syntax: JSON, HTML, SQL, shells, templates, printf, paths, spreadsheets. */
export const NAMES_LIKE_CODE = [
  `O'Brien "the \\ Hammer"`,
  'back\\slash \\n \\u0041 \\x41',
  '<script>alert(1)</script> <b>&amp; &lt;</b>',
  "Robert'); DROP TABLE users;--",
  '%s %d %n %00 %41 100%',
  '{{7*7}} \u0024{7*7} #{7*7} $(id) `id`',
  '../../etc/passwd',
  '=1+1 @SUM(A1)',
  'null',
  'undefined',
  'true',
  '0',
  '007',
  '1e3',
  '[object Object]',
  '{"name":"x"}',
  '__proto__',
  'a,b;c|d',
];

/** Any readable text without white space at its ends, which a provider may rightly trim. */
export const anyName = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme', minLength: 1, maxLength }).filter((name) => name.trim() === name && name !== '');

/** Two spellings of the same text are the same name: a provider may rightly normalise. Source: Unicode Annex 15, NFC. */
export const spelt = (name: unknown): unknown => (typeof name === 'string' ? name.normalize('NFC') : name);
