import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { drawQr } from './draw-qr.ts';
import { createQrScreen, type Size } from './qr-screen.ts';

const long = `https://open.feishu.cn/page/launcher?user_code=${'x'.repeat(350)}`;
const needed = { rows: 38, columns: 73 };

/** A window of this size, which a person may pull larger; what is drawn there is kept. */
function openWindow(size: Size, isTTY = true) {
  const stdout = Object.assign(new EventEmitter(), size, { isTTY }) as unknown as NodeJS.WriteStream;
  const drawn: string[] = [];
  const missed: Size[] = [];
  const codes = createQrScreen({
    ...{ stdout, hasColour: false, beside: { rows: 1, columns: 0 } },
    draw: (picture) => void drawn.push(picture),
    miss: (size) => void missed.push(size),
  });
  const resize = (to: Size) => void Object.assign(stdout, to).emit('resize');
  return { stdout, codes, drawn, missed, resize };
}

it('draws a code where it fits to the last row and column', () => {
  const { codes, drawn, missed, stdout } = openWindow(needed);
  codes.show(long);
  expect(drawn).toEqual([drawQr(long, false)]);
  expect(missed).toEqual([]);
  expect(stdout.listenerCount('resize')).toBe(0);
});

it.each([
  ['low', { rows: 37, columns: 200 }],
  ['narrow', { rows: 100, columns: 72 }],
  ['of unknown size', { rows: 0, columns: 0 }],
])('draws no half of a code in a window that is %s, says what it needs, and draws it once there is room', (_, size) => {
  const { codes, drawn, missed, resize, stdout } = openWindow(size);
  codes.show(long);
  resize({ rows: 37, columns: 73 });
  expect(drawn).toEqual([]);
  expect(missed).toEqual([needed]);
  resize(needed);
  resize({ rows: 50, columns: 100 });
  expect(drawn).toEqual([drawQr(long, false)]);
  expect(stdout.listenerCount('resize')).toBe(0);
});

it('draws the latest code alone, and none that is not wanted any more', () => {
  const { codes, drawn, resize } = openWindow({ rows: 24, columns: 80 });
  codes.show(long);
  codes.forget();
  codes.show(`${long}y`);
  resize(needed);
  expect(drawn).toEqual([drawQr(`${long}y`, false)]);
  resize({ rows: 24, columns: 80 });
  codes.show(long);
  codes[Symbol.dispose]();
  resize(needed);
  expect(drawn).toHaveLength(1);
});

it('draws any code where there is no window', () => {
  const { codes, drawn } = openWindow({ rows: 24, columns: 80 }, false);
  codes.show(long);
  expect(drawn).toHaveLength(1);
});
