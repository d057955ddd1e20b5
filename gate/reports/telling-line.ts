/** The line of a program's last words that says most: the last that speaks of an error, else the last that is not blank. */
export function tellingLine(text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const telling =
    lines.findLast((line) => /error|cannot|fail|fatal/i.test(line) && !line.startsWith('at ')) ??
    lines.findLast((line) => line !== '');
  return telling?.slice(0, 300);
}

/** An error's message on one line: its first line, and what a program's stderr below it says most clearly. */
export function oneLine(message: string): string {
  const [first = '', ...rest] = message.trim().split('\n');
  const telling = tellingLine(rest.join('\n'));
  return telling ? `${first}: ${telling}` : first;
}
