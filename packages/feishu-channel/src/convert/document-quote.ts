/** How much of a document goes along with a comment, in characters. */
const maxCharacters = 12_000;

/** What a comment is about: the marked passage, and as much of the document around it as helps. Undefined: nothing is known. Pure. */
export function documentQuote(passage: string | undefined, text: string | undefined): string | undefined {
  const document = text?.trim() ? `[the document]\n${around(text.trim(), passage)}` : undefined;
  const parts = [passage, document].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

/** Where the passage cannot be found, or none is marked, the beginning. */
function around(text: string, passage: string | undefined): string {
  const characters = Array.from(text);
  if (characters.length <= maxCharacters) return text;
  const at = passage === undefined ? 0 : Math.max(0, text.indexOf(passage));
  const middle = Array.from(text.slice(0, at)).length;
  const from = Math.max(0, Math.min(middle - maxCharacters / 2, characters.length - maxCharacters));
  const to = from + maxCharacters;
  return `${from > 0 ? '… ' : ''}${characters.slice(from, to).join('')}${to < characters.length ? ' …' : ''}`;
}
