/** A fenced block that its content cannot close: the fence is longer than any run of backticks inside. */
export function fence(content: string, language = ''): string {
  const longest = Math.max(2, ...Array.from(content.matchAll(/`+/g), (run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${content}${content.endsWith('\n') ? '' : '\n'}${ticks}`;
}
