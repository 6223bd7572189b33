/** Of which words it is said, after what parts them from the word before; some messages have none. */
export function named(words: string, gap: '' | ' ' = ''): string {
  return words === '' ? '' : `${gap}“${words}”`;
}
