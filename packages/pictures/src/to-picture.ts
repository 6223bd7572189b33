import type { Node } from '@takumi-rs/core';
import type { PictureBlock } from '@threadbridge/contract';
import { drawCode } from './draw-code.ts';
import { drawTable, tableWidthPx } from './draw-table.ts';
import { colours, narrowPx } from './style.ts';

/** What the renderer is given: light background, a heading where there is one, the block below. Pure. */
export function toPicture(block: PictureBlock, mark: string | undefined): { readonly node: Node; readonly widthPx: number } {
  const widthPx = block.type === 'table' ? tableWidthPx(block) : narrowPx;
  const body = block.type === 'table' ? drawTable(block, widthPx) : drawCode(block.text, block.type === 'diff');
  const hasHead = block.heading !== undefined || mark !== undefined;
  return {
    widthPx,
    node: {
      type: 'container',
      style: {
        ...{ display: 'flex', flexDirection: 'column', width: widthPx, backgroundColor: colours.page, color: colours.ink },
        ...{ fontFamily: 'sans, mono, emoji', fontSize: 26, lineHeight: 1.4 },
      },
      children: [...(hasHead ? [head(block.heading ?? '', mark)] : []), body],
    },
  };
}

function head(heading: string, mark: string | undefined): Node {
  return {
    type: 'container',
    style: { display: 'flex', flexDirection: 'row', padding: '12px 20px', backgroundColor: colours.head },
    children: [
      { type: 'text', text: heading, style: { flexGrow: 1, flexShrink: 1, minWidth: 0, overflowWrap: 'anywhere' } },
      ...(mark === undefined
        ? []
        : [{ type: 'text' as const, text: mark, style: { flexShrink: 0, paddingLeft: 16, color: colours.quiet } }]),
    ],
  };
}
