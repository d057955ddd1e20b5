const KINDS = [/^(\w*(Error|Exception)( \[\w+\])?|panic|fatal( error)?): /, /error|cannot|fail|fatal|panic/i, /./];

/** The line of a program's last words that says most: one that names its error, else one that speaks of one, else the last. */
export function tellingLine(text: string): string | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '));
  for (const kind of KINDS) {
    const line = lines.findLast((candidate) => kind.test(candidate));
    if (line) return line.slice(0, 300);
  }
  return undefined;
}

/** An error's message on one line: its first line, and what a program's stderr below it says most clearly. */
export function oneLine(message: string): string {
  const [first = '', ...rest] = message.trim().split('\n');
  const telling = tellingLine(rest.join('\n'));
  return telling ? `${first}: ${telling}` : first;
}
