/** Whether a line is the rule below the head of a table: `| --- | :-: |`. */
export function isTableRule(line: string | undefined): boolean {
  return line !== undefined && /^[\s|:-]+$/.test(line) && /-/.test(line) && line.indexOf('|') !== -1;
}

/**
 * A table as lines for a narrow screen: two columns as `left: right`; more as the first cell with `head: cell` lines below it. Cells keep
 * their Markdown.
 */
export function toRows(head: string, body: readonly string[]): readonly string[] {
  const names = cells(head);
  const rows = body.map(cells);
  if (rows.length === 0) return [names.join(' | ')];
  if (names.length <= 2)
    return [names.filter((name) => name !== '').join(': '), ...rows.map((row) => row.join(': '))].filter((row) => row !== '');
  return rows.flatMap(([first = '', ...rest]) => [
    `- ${first}`,
    ...rest.flatMap((cell, index) =>
      cell === '' ? [] : [`  ${[names[index + 1] ?? '', cell].filter((part) => part !== '').join(': ')}`],
    ),
  ]);
}

/** The cells of a row; `\|` and pipes inside code are no borders. */
export function cells(row: string): readonly string[] {
  const found = [''];
  let isCode = false;
  for (let at = 0; at < row.length; at += 1) {
    const character = row.charAt(at);
    if (character === '`') isCode = !isCode && row.indexOf('`', at + 1) !== -1;
    if (character === '\\' && row.charAt(at + 1) === '|') {
      found[found.length - 1] += '|';
      at += 1;
    } else if (character === '|' && !isCode) found.push('');
    else found[found.length - 1] += character;
  }
  const trimmed = found.map((cell) => cell.trim());
  return trimmed.slice(trimmed[0] === '' ? 1 : 0, trimmed.length > 1 && trimmed.at(-1) === '' ? -1 : undefined);
}
