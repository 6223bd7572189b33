// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** They change the order in which neighbours are shown, so that a command can look like another one. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that a terminal shows and never obeys: without control characters (C0, DEL, C1) but line end and tab, and with a visible
 * mark for characters that reorder text. Works on any part of a text, so it may be applied to pieces of a stream.
 */
export function plainText(text: string): string {
  return text.replace(controls, '').replace(reordering, '\ufffd');
}
