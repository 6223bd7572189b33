/** Control characters that JSON writes six times as long, and that nobody can read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Markdown as the platform may show it: no mention of people by markup (a model that writes `<at id=all>` would ring every phone), pictures
 * from the web as links (cards refuse them). Pure.
 */
export function safeMarkdown(markdown: string): string {
  return markdown
    .replaceAll('\r\n', '\n')
    .replaceAll(control, '')
    .replaceAll(/<(?=\/?at\b)/gi, '＜')
    .replaceAll(/!\[([^\]]*)\]\((?=\s*<?(?:https?|data|file):)/gi, '[$1](');
}

/** The largest beginning of a text of which the JSON form takes at most so many bytes; characters stay whole. */
export function fitJson(text: string, maxBytes: number): string {
  if (escapedBytes(text) <= maxBytes) return text;
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += escapedBytes(character);
    if (size > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Bytes of a text inside JSON, without the quotes. */
export function escapedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
