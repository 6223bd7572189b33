import { describe, expect, it } from 'vitest';
import { safeName, withEnding } from './safe-name.ts';

describe('a name that a stranger gave', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['年度报告 2026.pdf', '年度报告 2026.pdf'],
    ['../../.ssh/authorized_keys', 'authorized_keys'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['..', 'file'],
    ['', 'file'],
    ['a\0b.txt', 'ab.txt'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['.env', 'env'],
    ['-rf', 'rf'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['a`rm -rf ~`.sh', 'a rm -rf ~ .sh'],
    ['x\ny.txt', 'xy.txt'],
    ['trailing. . ', 'trailing'],
  ])('%j becomes %j', (given, name) => {
    expect(safeName(given)).toBe(name);
  });

  it('keeps its ending and whole characters when it is too long', () => {
    const name = safeName(`${'长'.repeat(300)}.pdf`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
    expect(name).toMatch(/^长+\.pdf$/);
  });
});

it('gets the ending of its content', () => {
  expect(withEnding('photo.png', 'pdf')).toBe('photo.png.pdf');
  expect(withEnding('photo.JPEG', 'jpg')).toBe('photo.JPEG');
  expect(withEnding('notes', undefined)).toBe('notes');
});
