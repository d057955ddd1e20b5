/** What a matcher wanted and what it got, as a reader of the report wants it: without the parts that are equal. */
export interface MatcherWords {
  readonly expected: string;
  readonly actual: string;
}

/**
 * Takes the message of a Jest matcher apart (colours already stripped). Jest writes it in three ways: labelled lines
 * (`Expected: 200`, `Received: 500`), a diff (`- Expected`, `+ Received`, then lines), or a sentence of its own.
 */
export function readMatcherMessage(message: string): MatcherWords {
  const [hint = '', ...rest] = message.split('\n');
  const lines = rest.filter((line) => line.trim() !== '');
  const diffAt = lines.findIndex((line) => /^- Expected\b/.test(line));
  if (diffAt >= 0) return readDiff(lines.slice(diffAt + 2));
  const labelled = (label: RegExp) => lines.filter((line) => label.test(line)).map(tidy);
  const expected = labelled(/^Expected\b/);
  const actual = labelled(/^Received\b/);
  if (expected.length > 0 && actual.length > 0) return { expected: expected.join(', '), actual: actual.join(', ') };
  // `not.toBe(304)` names what it did not want, and that is what it got.
  const unwanted = /^not (.*)$/s.exec(expected.join(', '))?.[1];
  if (unwanted !== undefined) return { expected: expected.join(', '), actual: unwanted };
  return { expected: hint, actual: lines.map((line) => line.trim()).join(' ') || hint };
}

const tidy = (line: string): string => line.replace(/^(?:Expected|Received)\s*:?\s*/, '').trim();

function readDiff(lines: readonly string[]): MatcherWords {
  const side = (sign: string) => changesOf(lines, sign).join(' ');
  return { expected: side('-') || 'nothing of what was got', actual: side('+') || 'none of it' };
}

/** The lines of one side, each group after the line that opens the object or array it stands in, where that has a name. */
function changesOf(lines: readonly string[], sign: string): string[] {
  let opening = '';
  return lines.flatMap((line) => {
    const text = line.slice(2).trim();
    if (line.startsWith(`${sign} `)) {
      const named = opening;
      opening = '';
      return named ? [named, text] : [text];
    }
    if (line.startsWith('  '))
      opening = /^"[^"]*": .*[{[]$/.test(text) ? text.replace(/: (?:Object|Array) /, ': ') : '';
    return [];
  });
}
