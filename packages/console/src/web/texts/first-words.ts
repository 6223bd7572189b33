/** A message as one line, for lists: its words without the marks of Markdown. Pure. */
export function firstWords(markdown: string): string {
  return markdown
    .slice(0, 400)
    .replaceAll(/```\w*/g, ' ')
    .replaceAll(/[*`#>|]+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
