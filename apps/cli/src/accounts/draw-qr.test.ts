import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { drawQr } from './draw-qr.ts';

const address = 'https://liteapp.weixin.qq.com/q/7GiQu1?qrcode=0123456789abcdef&bot_type=3';

it('draws every module of the code, light on dark, in rows of the same width', () => {
  const rows = drawQr(address, false).split('\n');
  const { data, size } = encode(address, { border: 2 });
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([size]));
  const isLight = (row: number, column: number) => {
    const shown = rows[Math.floor(row / 2)]?.[column] ?? '';
    return row % 2 === 0 ? '█▀'.includes(shown) : '█▄'.includes(shown);
  };
  for (const [row, modules] of data.entries())
    for (const [column, isDark] of modules.entries()) expect(isLight(row, column), `${row}:${column}`).toBe(!isDark);
});

it('fixes the colours where there are colours, so that a light terminal shows the same', () => {
  const plain = drawQr(address, false).split('\n');
  expect(drawQr(address, true).split('\n')).toEqual(plain.map((row) => `\u001b[97;40m${row}\u001b[0m`));
});
