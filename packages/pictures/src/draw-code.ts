import type { Node } from '@takumi-rs/core';
import { colours } from './style.ts';

interface LineLook {
  readonly sign: string;
  readonly text: string;
  readonly background: string;
  readonly colour: string;
}

const fontPx = 27;
/** Of the face that code is drawn with. */
const letterPx = fontPx * (1_200 / 2_048);
/** Deeper indentation would leave no room for words. */
const deepest = 24;

/** Code a line below the other; what is too long goes on below, behind its sign. Pure. */
export function drawCode(text: string, isDiff: boolean): Node {
  const lines = text.replace(/\n+$/, '').split('\n');
  return {
    type: 'container',
    style: {
      ...{ display: 'flex', flexDirection: 'column', paddingTop: 10, paddingBottom: 14 },
      ...{ fontFamily: 'mono, sans, emoji', fontSize: fontPx, lineHeight: 1.45 },
    },
    children: lines.map((line) => (isDiff ? drawLine(lookOf(line)) : drawLine(plain(line)))),
  };
}

function plain(text: string): LineLook {
  return { sign: '', text, background: colours.page, colour: colours.ink };
}

function lookOf(line: string): LineLook {
  const rest = line.slice(1);
  if (/^(?:\+\+\+|---) |^(?:diff|index) /.test(line)) return { ...plain(line), colour: colours.quiet };
  if (line.startsWith('@@')) return { ...plain(line), background: colours.place, colour: colours.quiet };
  if (line.startsWith('+')) return { sign: '+', text: rest, background: colours.added, colour: colours.addedSign };
  if (line.startsWith('-')) return { sign: '−', text: rest, background: colours.removed, colour: colours.removedSign };
  return { ...plain(line.startsWith(' ') ? rest : line), sign: '\u00a0' };
}

function drawLine({ sign, text, background, colour }: LineLook): Node {
  const indent = Math.min(/^ */.exec(text)?.[0].length ?? 0, deepest);
  const rest = text.slice(indent);
  return {
    type: 'container',
    style: { display: 'flex', flexDirection: 'row', paddingLeft: 20, paddingRight: 16, backgroundColor: background },
    children: [
      { type: 'text', text: sign, style: { width: sign === '' ? 0 : 30, flexShrink: 0, color: colour } },
      // What is indented goes on below at the same depth.
      { type: 'container', style: { width: indent * letterPx, flexShrink: 0 } },
      {
        type: 'text',
        // A line of nothing would have no height.
        text: rest === '' ? ' ' : rest,
        style: {
          ...{ flexGrow: 1, flexShrink: 1, minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
          color: sign.trim() === '' ? colour : colours.ink,
        },
      },
    ],
  };
}
