import { asId, type RunItem } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { mentionedPaths } from './mentioned-paths.ts';

it.each([
  ['I made report.pdf.', 'report.pdf'],
  ['See [the chart](/work/app/out/chart.png).', '/work/app/out/chart.png'],
  ['It is in `my notes.md`', 'my notes.md'],
  ['changed src/a.ts:12:3 and more', 'src/a.ts'],
  ['已生成报告report.xlsx，请查收', 'report.xlsx'],
  ['结果在“数据/汇总.csv”。', '数据/汇总.csv'],
  ['**out/x.zip**', 'out/x.zip'],
  ['../../etc/passwd', '../../etc/passwd'],
])('finds in %j the path %j', (text, path) => {
  expect(mentionedPaths([], text)).toContain(path);
});

it('finds what commands wrote and what was changed first, and no addresses', () => {
  const items: readonly RunItem[] = [
    { id: asId('1'), type: 'command', command: 'python plot.py > out.csv', status: 'completed', output: 'saved chart.png\n' },
    { id: asId('2'), type: 'file.change', status: 'completed', changes: [{ path: '/w/a.md', kind: 'add', diff: '' }] },
  ];
  const found = mentionedPaths(items, 'see https://example.com/x.html');
  expect(found[0]).toBe('/w/a.md');
  expect(found).toEqual(expect.arrayContaining(['out.csv', 'chart.png']));
  expect(found).not.toContain('https://example.com/x.html');
});

it('looks at no more than it can, however much is printed', () => {
  const text = Array.from({ length: 10_000 }, (_, index) => `f${index}.txt`).join(' ');
  expect(mentionedPaths([], text)).toHaveLength(300);
  expect(mentionedPaths([], `${'x'.repeat(5_000)}.txt`)).toEqual([]);
});
