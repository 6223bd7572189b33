import { type Frame, type LaidFrame, layFrame } from './lay-frame.ts';
import { closeGaps, type Line, paint, wrapSpans } from './spans.ts';
import type { Surface } from './surface.ts';

export interface ScreenOptions {
  readonly write: (text: string) => void;
  /** The size now; asked before each drawing. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly hasColours: boolean;
  /** Epoch ms. */
  readonly now: () => number;
}

/** A terminal that can move its cursor: printed lines above, and below them what is unfinished, the status and the input. */
export interface Screen extends Surface {
  setInput(input: Frame['input']): void;
  /** Draws the frame again, for a new size or a moving status. */
  refresh(): void;
  /** Wipes the screen; what was printed stays in the terminal's memory. */
  clear(): void;
  /** Draws what waits and leaves the cursor on an empty row below everything. */
  close(): void;
}

/** Makes a {@link Screen}. Several changes in a row are drawn once. */
export function createScreen({ write, size, hasColours, now }: ScreenOptions): Screen {
  let frame: Frame = { tail: [] };
  let drawn: LaidFrame | undefined;
  let waiting: Line[] = [];
  let wasBlank = true;
  let isPlanned = false;
  let isClosed = false;

  /** Moves to the first cell of the frame and wipes from there. A narrower terminal has broken its rows into more. */
  const erase = (columns: number) => {
    if (drawn === undefined) return '';
    const above = drawn.widths.slice(0, drawn.cursorRow).reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    const up = above + Math.floor(drawn.cursorColumn / columns);
    return `\r${up > 0 ? `\u001b[${up}A` : ''}\u001b[J`;
  };

  const printed = (columns: number) => {
    const lines = closeGaps(waiting, wasBlank);
    waiting = [];
    const last = lines.at(-1);
    if (last !== undefined) wasBlank = last.raw.trim() === '';
    return lines
      .flatMap((line) => (line.isCode ? [line.spans] : wrapSpans(line.spans, Math.max(10, columns - 1), line.hang)))
      .map((row) => `${paint(row, hasColours)}\r\n`)
      .join('');
  };

  const draw = () => {
    isPlanned = false;
    if (isClosed) return;
    const { columns, rows } = size();
    const above = printed(columns);
    const next = layFrame({ ...frame, tail: closeGaps(frame.tail, wasBlank) }, { columns, rows, now: now(), hasColours });
    const up = next.rows.length - 1 - next.cursorRow;
    write(
      [
        '\u001b[?25l',
        erase(columns),
        above,
        next.rows.join('\r\n'),
        '\r',
        up > 0 ? `\u001b[${up}A` : '',
        next.cursorColumn > 0 ? `\u001b[${next.cursorColumn}C` : '',
        '\u001b[?25h',
      ].join(''),
    );
    drawn = next;
  };
  const plan = () => {
    if (isPlanned || isClosed) return;
    isPlanned = true;
    queueMicrotask(draw);
  };

  return {
    print(lines) {
      waiting.push(...lines);
      plan();
    },
    setTail(tail) {
      frame = { ...frame, tail };
      plan();
    },
    setStatus(status) {
      frame = { ...frame, status };
      plan();
    },
    setInput(input) {
      frame = { ...frame, input };
      plan();
    },
    refresh: plan,
    clear() {
      write('\u001b[H\u001b[2J');
      drawn = undefined;
      wasBlank = true;
      plan();
    },
    close() {
      if (isClosed) return;
      frame = { tail: frame.tail };
      draw();
      const { columns } = size();
      write(
        `${erase(columns)}${frame.tail.length > 0 ? `${frame.tail.map((line) => paint(line.spans, hasColours)).join('\r\n')}\r\n` : ''}`,
      );
      isClosed = true;
    },
  };
}
