import { expect, it } from 'vitest';
import { layFrame } from './lay-frame.ts';
import { line } from './spans.ts';

const size = { columns: 21, rows: 10, now: 5_000, hasColours: false };

it('puts the cursor behind what was typed', () => {
  expect(layFrame({ tail: [], input: { text: 'ab', cursor: 2 } }, size)).toMatchObject({
    rows: ['› ab'],
    cursorRow: 0,
    cursorColumn: 4,
  });
});

it('breaks a long input and counts wide characters twice', () => {
  const text = '你好你好你好你好你好';
  const laid = layFrame({ tail: [], input: { text, cursor: text.length } }, size);
  expect(laid.rows).toEqual(['› 你好你好你好你好你', '  好']);
  expect(laid).toMatchObject({ cursorRow: 1, cursorColumn: 4 });
});

it('puts the cursor at the start of a row that a full row pushed down', () => {
  const text = 'abcdefghijklmnopqrstu';
  expect(layFrame({ tail: [], input: { text, cursor: 18 } }, size)).toMatchObject({ cursorRow: 1, cursorColumn: 2 });
});

it('finds the cursor in a text of several lines', () => {
  expect(layFrame({ tail: [], input: { text: 'ab\ncd', cursor: 3 } }, size)).toMatchObject({
    rows: ['› ab', '  cd'],
    cursorRow: 1,
    cursorColumn: 2,
  });
  expect(layFrame({ tail: [], input: { text: 'ab\ncd', cursor: 2 } }, size)).toMatchObject({ cursorRow: 0, cursorColumn: 4 });
});

it('stacks the unfinished line, the status and the input', () => {
  const laid = layFrame(
    {
      tail: [line({ text: 'half a sentence that goes on' })],
      status: { text: 'writing', since: 2_000 },
      input: { text: '', cursor: 0 },
    },
    size,
  );
  expect(laid.rows).toEqual(['half a sentence that', 'goes on', '⠋ writing · 3.0 s', '› ']);
});

it('cuts a status that is too long', () => {
  const laid = layFrame({ tail: [], status: { text: 'running a command with a long name', since: 5_000 } }, size);
  expect(laid.rows[0]).toBe('⠋ running a command…');
});

it('never grows beyond the terminal', () => {
  const tail = [line({ text: 'word '.repeat(100) })];
  const text = 'x\n'.repeat(40);
  const laid = layFrame({ tail, status: { text: 's', since: 0 }, input: { text, cursor: 40 } }, size);
  expect(laid.rows.length).toBeLessThan(size.rows);
  expect(laid.cursorRow).toBeLessThan(laid.rows.length);
  expect(laid.widths.filter((width) => width >= size.columns)).toEqual([]);
});
