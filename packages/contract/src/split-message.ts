/**
 * Cuts a text into parts of at most `max` UTF-16 units: between paragraphs, else lines, else anywhere but inside a character. Joined again the parts
 * are the text. For channels that show Markdown as it stands; those that number parts or mend fences have a split of their own.
 */
export function splitMessage(markdown: string, max: number): readonly string[] {
  const parts: string[] = [];
  let rest = markdown;
  while (rest.length > max) {
    const end = cutAt(rest, max);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

function cutAt(text: string, max: number): number {
  for (const border of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(border, max - border.length);
    if (at > 0) return at + border.length;
  }
  const code = text.charCodeAt(max - 1);
  return code >= 0xd800 && code <= 0xdbff && max > 1 ? max - 1 : max;
}
