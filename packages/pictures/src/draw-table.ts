import type { Node } from '@takumi-rs/core';
import type { PictureBlock } from '@threadbridge/contract';
import { columnsOf } from './columns.ts';
import { colours, narrowPx } from './style.ts';

type Table = Extract<PictureBlock, { readonly type: 'table' }>;

/** No column is narrower than a date. */
const leastPx = 150;
const widestPx = 1_800;
/** Beyond this a cell breaks into lines rather than taking room from the others. */
const mostColumns = 36;

/** A table of many columns is wider than the screen: one turns the phone, or zooms. */
export function tableWidthPx(table: Table): number {
  return Math.min(widestPx, Math.max(narrowPx, widthOf(table) * leastPx));
}

/** Rows may hold more cells than the head has names. */
function widthOf({ head, rows }: Table): number {
  return Math.max(head.length, ...rows.map((row) => row.length));
}

/** Columns as wide as their contents ask, within the picture; the rest wraps inside its cell. Pure. */
export function drawTable(table: Table, widthPx: number): Node {
  const { head, rows } = table;
  const weights = Array.from({ length: widthOf(table) }, (_, index) =>
    Math.min(mostColumns, Math.max(3, ...[head, ...rows].map((row) => columnsOf(row[index] ?? '')))),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const basePx = Math.min(leastPx * 0.75, widthPx / weights.length);
  const sparePx = widthPx - basePx * weights.length;
  const widths = weights.map((weight) => basePx + (sparePx * weight) / total);
  const row = (cells: readonly string[], index: number, isHead: boolean): Node => ({
    type: 'container',
    style: {
      ...{ display: 'flex', flexDirection: 'row', width: widthPx, borderTop: `2px solid ${colours.line}` },
      backgroundColor: isHead ? colours.head : index % 2 === 0 ? colours.page : colours.stripe,
    },
    children: widths.map((width, column) => ({
      type: 'text' as const,
      text: cells[column] ?? '',
      style: {
        ...{ width, flexShrink: 0, padding: '10px 12px 10px 20px', boxSizing: 'border-box', overflowWrap: 'anywhere' },
        ...{ whiteSpace: 'pre-wrap', color: isHead ? colours.quiet : colours.ink },
      },
    })),
  });
  return {
    type: 'container',
    style: { display: 'flex', flexDirection: 'column', borderBottom: `2px solid ${colours.line}` },
    children: [row(head, 0, true), ...rows.map((cells, index) => row(cells, index, false))],
  };
}
