/** Markup that is already safe to insert. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/** A template whose values are escaped, unless they are markup themselves: what a provider wrote never becomes ours. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => text + render(values[index])).join('') };
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (Array.isArray(part)) return part.map(({ markup }) => markup).join('\n');
  if (typeof part === 'object' && 'markup' in part) return part.markup;
  return String(part).replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
