import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createScreen } from '../src/terminal/screen.ts';
import { gap, line } from '../src/terminal/spans.ts';
import { createVirtualTerminal } from './support/virtual-terminal.ts';

function open(columns = 20, rows = 8) {
  const terminal = createVirtualTerminal(columns, rows);
  const screen = createScreen({ write: terminal.write, size: () => ({ columns, rows }), hasColours: false, now: () => 1_000 });
  return { screen, terminal, shown: () => terminal.rows.join('\n').trimEnd() };
}
/** Changes of one tick are drawn together. */
const drawn = () => Promise.resolve();

it('keeps the input below what is printed', async () => {
  const { screen, terminal, shown } = open();
  screen.setInput({ text: 'typing', cursor: 6 });
  await drawn();
  screen.print([line({ text: 'hello' })]);
  await drawn();
  expect(shown()).toBe('hello\n› typing');
  expect(terminal.cursor).toEqual({ row: 1, column: 8 });
});

it('replaces the line that is being written, and prints it once it is complete', async () => {
  const { screen, shown } = open();
  screen.setInput({ text: '', cursor: 0 });
  for (const text of ['One', 'One two', 'One two three four five']) {
    screen.setTail([line({ text })]);
    await drawn();
  }
  expect(shown()).toBe('One two three four\nfive\n›');
  screen.print([line({ text: 'One two three four five' })]);
  screen.setTail([]);
  await drawn();
  expect(shown()).toBe('One two three four\nfive\n›');
});

it('shows what goes on and takes it away again', async () => {
  const { screen, shown } = open();
  screen.setInput({ text: '', cursor: 0 });
  screen.setStatus({ text: 'working', since: 0 });
  await drawn();
  expect(shown()).toBe('⠋ working · 1.0 s\n›');
  screen.setStatus(undefined);
  await drawn();
  expect(shown()).toBe('›');
});

it('leaves the cursor below everything, and what was half written', async () => {
  const { screen, terminal, shown } = open();
  screen.setInput({ text: 'never sent', cursor: 3 });
  screen.print([line({ text: 'said' })]);
  screen.setTail([line({ text: 'half a' })]);
  screen.close();
  expect(shown()).toBe('said\nhalf a');
  expect(terminal.cursor).toEqual({ row: 2, column: 0 });
});

it('prints each line once, in order, whatever happens below', async () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'bb ', '好', ' '), maxLength: 40 });
  const change = fc.oneof(
    fc.record({ type: fc.constant('print' as const), text: words }),
    fc.record({ type: fc.constant('tail' as const), text: words }),
    fc.record({ type: fc.constant('input' as const), text: words }),
    fc.record({ type: fc.constant('status' as const), text: words }),
    fc.record({ type: fc.constant('draw' as const), text: words }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 30 }), async (changes) => {
      const { screen, shown } = open(12, 6);
      const printed: string[] = [];
      for (const { type, text } of changes) {
        if (type === 'print') {
          printed.push(text);
          screen.print([{ ...line({ text }), isCode: true }]);
        }
        if (type === 'tail') screen.setTail([line({ text })]);
        if (type === 'input') screen.setInput({ text, cursor: text.length });
        if (type === 'status') screen.setStatus({ text, since: 0 });
        if (type === 'draw') await drawn();
      }
      screen.setTail([]);
      screen.close();
      const squeeze = (text: string) => text.replace(/\s+/g, '');
      expect(squeeze(shown())).toBe(squeeze(printed.join('')));
    }),
  );
});

it('sets blocks apart by one empty line', async () => {
  const { screen, shown } = open();
  screen.print([gap, line({ text: 'a' }), gap]);
  await drawn();
  screen.print([gap, line({ text: 'b' })]);
  screen.close();
  expect(shown()).toBe('a\n\nb');
});
