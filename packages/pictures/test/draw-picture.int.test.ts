import { describe, expect, it } from 'vitest';
import { createPictureDrawer } from '../src/index.ts';

const draw = createPictureDrawer();

/** Width and height as a PNG's head says. */
function sizeOf(png: Uint8Array | undefined): { readonly width: number; readonly height: number } {
  if (png === undefined) throw new Error('There is no picture.');
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

const code = (text: string) => ({ type: 'code', text }) as const;

describe('a picture', () => {
  it('is as wide as a phone, and grows with its lines', async () => {
    const one = sizeOf(await draw(code('one();')));
    const three = sizeOf(await draw(code('one();\ntwo();\nthree();')));
    expect([one.width, three.width]).toEqual([840, 840]);
    expect(three.height - one.height).toBeCloseTo(2 * 27 * 1.45, -1);
  });

  it('wraps what is too long instead of cutting or shrinking it', async () => {
    const short = sizeOf(await draw(code('x'.repeat(40))));
    const long = sizeOf(await draw(code('x'.repeat(40 * 4))));
    expect(long.width).toBe(840);
    expect(long.height).toBeGreaterThan(short.height + 3 * 27);
  });

  it('gives every line its height, also one with nothing in it', async () => {
    const lines = sizeOf(await draw({ type: 'diff', text: ' a\n+\n \n-b' }));
    const full = sizeOf(await draw({ type: 'diff', text: ' a\n+a\n a\n-b' }));
    expect(lines).toEqual(full);
  });

  it('has a heading and a mark where they are given', async () => {
    const bare = sizeOf(await draw(code('one();')));
    const headed = sizeOf(await draw({ ...code('one();'), heading: 'src/一.ts' }, '2/3'));
    expect(headed.height).toBeGreaterThan(bare.height + 40);
  });

  it('of a table of many columns is wider, and holds rows that have more cells than the head', async () => {
    const head = Array.from({ length: 8 }, (_, index) => `column ${index}`);
    expect(sizeOf(await draw({ type: 'table', head, rows: [head] })).width).toBe(1_200);
    expect(sizeOf(await draw({ type: 'table', head: ['one'], rows: [['1', '2', '3', '4', '5', '6', '7']] })).width).toBe(1_050);
  });

  it('looks different for different signs and glyphs, Chinese and emoji among them', async () => {
    const texts = ['+a', '-a', ' a', '@@ -1 +1 @@', '汉', '漢', '臺', '✅', '🚀', 'ж', 'λ', '├─', '…'];
    const pictures = await Promise.all(texts.map((text) => draw({ type: 'diff', text })));
    const seen = new Set(pictures.map((png) => Buffer.from(png ?? []).toString('base64')));
    expect(seen.size).toBe(texts.length);
  });

  it('shows nothing of what has no shape: control characters, and marks that turn the direction of text', async () => {
    const plain = await draw(code('a b\n    c'));
    expect(await draw(code('a\u0007\u202e b\r\n\tc'))).toEqual(plain);
  });
});

it('is refused where a character has no glyph, or where it would be too much', async () => {
  expect(await draw(code('한국어'))).toBeUndefined();
  expect(await draw({ type: 'table', head: ['a'], rows: [['\u{1f9ff}\u{10ffff}']] })).toBeUndefined();
  expect(await draw(code('x\n'.repeat(6_001)))).toBeUndefined();
});

it('is drawn the same by many at once', async () => {
  const first = await draw(code('const 甲 = 1;'));
  const other = createPictureDrawer();
  const many = await Promise.all(Array.from({ length: 8 }, () => other(code('const 甲 = 1;'))));
  for (const png of many) expect(png).toEqual(first);
});
