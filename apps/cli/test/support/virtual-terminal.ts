import { graphemes, graphemeWidth } from '../../src/terminal/text-width.ts';

/** As much of a terminal as a test needs to see what a person would see. */
export interface VirtualTerminal {
  write(text: string): void;
  /** Every row since the beginning, scrolled-out ones included, without trailing spaces. */
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

/** Understands what `createScreen` writes; throws on anything else. */
export function createVirtualTerminal(columns: number, height: number): VirtualTerminal {
  const rows: string[][] = [[]];
  let top = 0;
  let row = 0;
  let column = 0;
  const lineFeed = () => {
    row += 1;
    if (rows[row] === undefined) rows[row] = [];
    top = Math.max(top, row - height + 1);
  };
  const put = (grapheme: string) => {
    const width = graphemeWidth(grapheme);
    if (column + width > columns) {
      column = 0;
      lineFeed();
    }
    const cells = rows[row] ?? [];
    while (cells.length < column) cells.push(' ');
    cells[column] = grapheme;
    for (let at = 1; at < width; at += 1) cells[column + at] = '';
    column += width;
  };
  const obey = (count: number, command: string) => {
    switch (command) {
      case 'A':
        row = Math.max(top, row - count);
        return;
      case 'C':
        column = Math.min(columns - 1, column + count);
        return;
      case 'J':
        rows[row]?.splice(column);
        for (const below of rows.slice(row + 1)) below.splice(0);
        return;
      default:
        throw new Error(`The virtual terminal does not know the command ${command}.`);
    }
  };
  return {
    write(text) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: reading them is the purpose
      for (const part of text.match(/\u001b\[\??(\d*)(?:;\d+)*[A-Za-z]|\r|\n|[^\u001b\r\n]+/g) ?? []) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: reading them is the purpose
        const [, count = '', command = ''] = /^\u001b\[(\d*)([A-Za-z])$/.exec(part) ?? [];
        if (part === '\r') column = 0;
        else if (part === '\n') lineFeed();
        else if (command !== '') obey(Number(count || 1), command);
        else if (!part.startsWith('\u001b[')) for (const grapheme of graphemes(part)) put(grapheme);
      }
    },
    get rows() {
      return rows.map((cells) => cells.join('').trimEnd());
    },
    get cursor() {
      return { row, column };
    },
  };
}
