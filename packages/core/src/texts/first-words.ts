/** By which people recognise what they asked for: the beginning of all of it. */
export function wordsOf(prompts: readonly { readonly text: string }[]): string {
  return firstWords(prompts.map(({ text }) => text).join(' '), 40);
}

/** By which a person recognises a text: its beginning on one line, at most so many characters. */
export function firstWords(text: string, max: number): string {
  const flat = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  return flat.length > max ? `${flat.slice(0, max).join('')}…` : flat.join('');
}
