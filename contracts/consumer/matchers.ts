import { MatchersV3 } from '@pact-foundation/pact';

const { boolean, number, regex, string, like, HTTPResponseStatusClass, matchStatus } = MatchersV3;

/** A pact keeps no flags of a regular expression: both cases stand in the pattern. Any version of uuid will do. */
const UUID = '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$';

/** RFC 3339 with an offset; real servers send microseconds. */
const DATE_TIME = '^\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})$';

export const uuid = regex(UUID, '497f6eca-6276-4993-bfeb-53cbbbba6f08');

export const timestamp = { value: regex(DATE_TIME, '2026-01-02T03:04:05.678901Z') };

/** The required fields of a UserProfile: all that a client may count on. */
export const profile = { id: uuid, aesthetics: { theme: { dark: boolean(true) }, font: { size: number(13) } } };

/** A UserProfile with every field that a token can fill (state `fullUser`). `readable` is relative to now: left out. */
export const fullProfile = {
  ...profile,
  name: string('Ada Lovelace'),
  email: string('ada@example.test'),
  picture: regex('^[A-Za-z][A-Za-z0-9+.-]*:.+$', 'https://example.test/ada.png'),
  created: timestamp,
  updated: timestamp,
};

/** Users whose `iterable` may be absent. */
export const anyUsers = like({});

/** The docs give no code: whatever says that the request was at fault will do. */
export const refused = matchStatus(404, HTTPResponseStatusClass.ClientError);

/** The 4xx codes of IANA's registry: the matcher's classes have none for "not a 5xx". */
const CLIENT_ERRORS = [
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425,
  426, 428, 429, 431, 451,
];

/** Where providers may rightly serve or refuse; a 5xx is neither. */
export const servedOrRefused = matchStatus(404, [200, ...CLIENT_ERRORS]);
