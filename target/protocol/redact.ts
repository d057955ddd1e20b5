/** What stands where a secret was. */
export const REDACTED = '[redacted]';

const SECRET_NAME = String.raw`[\w-]*(?:token|secret|password|authorization|api[_-]?key|cloud_key|cookie|private_key)`;
// Names that match above and carry nothing secret.
const HARMLESS = /^(?:token_type|token_endpoint)$/i;

const patterns: readonly [RegExp, string][] = [
  // JWS or JWE in compact form; every JOSE header starts with `{"`, `{ ` or a line break, in base64url. May be cut off.
  [/\be(?:yJ|yA|wo|w0|wk)[\w-]{6,}\.[\w-]*(?:\.[\w-]*){0,3}/g, REDACTED],
  [/\beyJ[\w-]{20,}/g, REDACTED],
  [/\b(Bearer|Basic|DPoP)\s+[^\s"'\\,;]+/gi, `$1 ${REDACTED}`],
  [
    /^(\s*(?:proxy-)?authorization|\s*(?:set-)?cookie|\s*x-api-key)(\s*:\s*)(?!\s|(?:Bearer|Basic|DPoP)\s).+$/gim,
    `$1$2${REDACTED}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  // Private members of a JWK.
  [/("(?:d|p|q|dp|dq|qi)"\s*:\s*")[\w-]{16,}/g, `$1${REDACTED}`],
  // Keys of well-known clouds and services, by the prefix that each gives them.
  [
    /\b(?:A(?:KIA|SIA)[0-9A-Z]{16}|AIza[\w-]{30,}|gh[opsur]_\w{20,}|github_pat_\w{20,}|sk[-_][\w-]{16,}|xox[abprs]-[\w-]{10,})/g,
    REDACTED,
  ],
];

// `\\*"`: the JSON may itself stand in a JSON string. The closing quote may be missing where the text was cut off.
const jsonMember = new RegExp(String.raw`(\\*")(${SECRET_NAME}\w*)(\\*"\s*:\s*\\*")((?:[^"\\]|\\[^"])*)`, 'gi');
const parameter = new RegExp(String.raw`\b(${SECRET_NAME})=([^&\s"'\\;]+)`, 'gi');

/** Masks what may be a secret: tokens, credentials, keys, and JSON members, parameters and headers named for one. */
export function redact(text: string): string {
  let masked = text;
  for (const [pattern, mask] of patterns) masked = masked.replace(pattern, mask);
  masked = masked.replace(jsonMember, (whole, open, name, colon) =>
    HARMLESS.test(name) ? whole : `${open}${name}${colon}${REDACTED}`,
  );
  return masked.replace(parameter, `$1=${REDACTED}`);
}

const SECRET_HEADER = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key)$|token|secret/i;

/** The same for a record of headers; the scheme of an Authorization header is kept. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? maskValue(value) : redact(value)]),
  );
}

function maskValue(value: string): string {
  const scheme = /^(?:Bearer|Basic|DPoP)(?=\s)/i.exec(value)?.[0];
  return scheme ? `${scheme} ${REDACTED}` : REDACTED;
}
