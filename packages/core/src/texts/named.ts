/** Of which words it is said, after what parts them from the word before; some messages have none. */
export function named(words: string, gap: '' | ' ' = ''): string {
  return words === '' ? '' : `${gap}“${words}”`;
}

/** The same in brackets, for the middle of a sentence. */
export function inBrackets(words: string): string {
  return words === '' ? '' : ` (“${words}”)`;
}
