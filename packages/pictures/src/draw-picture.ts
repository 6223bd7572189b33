import type { Renderer } from '@takumi-rs/core';
import type { DrawPicture, PictureBlock } from '@threadbridge/contract';
import { type FontFile, fontsFor, listFonts, readFont } from './fonts.ts';
import { toPicture } from './to-picture.ts';

/** Longer texts are no picture any more. */
const maxCharacters = 12_000;
/** Control characters would be drawn as boxes; there is nothing to see in them. */
const invisible = /[\p{Cc}\u200b-\u200c\u200e-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Makes a {@link DrawPicture}. Loads the renderer and the fonts that a text needs when first asked; keeps them. */
export function createPictureDrawer(): DrawPicture {
  let tools: Promise<{ readonly renderer: Renderer; readonly fonts: readonly FontFile[] }> | undefined;
  const registered = new Map<FontFile, Promise<unknown>>();

  async function open() {
    const [{ Renderer }, fonts] = await Promise.all([import('@takumi-rs/core'), listFonts()]);
    return { renderer: new Renderer(), fonts };
  }

  return async (asked, mark) => {
    const block = tidied(asked);
    const text = textOf(block) + (mark ?? '');
    if (text.length > maxCharacters) return undefined;
    tools ??= open();
    const { renderer, fonts } = await tools;
    const needed = fontsFor(text, fonts);
    if (needed === undefined) return undefined;
    for (const font of needed) {
      const known = registered.get(font) ?? register(renderer, font);
      registered.set(font, known);
      await known;
    }
    const { node, widthPx } = toPicture(block, mark);
    return renderer.render(node, { width: widthPx, format: 'png' });
  };
}

async function register(renderer: Renderer, font: FontFile): Promise<void> {
  const unicodeRange = font.ranges.map(([first, last]): [number, number] => [first, last]);
  await renderer.registerFont({ name: font.family, data: await readFont(font), unicodeRange, weight: 400, style: 'normal' });
}

function tidied(block: PictureBlock): PictureBlock {
  const tidy = (text: string) => text.replaceAll('\t', '    ').replaceAll(/[^\n]+/g, (line) => line.replaceAll(invisible, ''));
  const heading = block.heading === undefined ? {} : { heading: tidy(block.heading) };
  return block.type === 'table'
    ? { ...block, ...heading, head: block.head.map(tidy), rows: block.rows.map((row) => row.map(tidy)) }
    : { ...block, ...heading, text: tidy(block.text.replaceAll(/\r\n?/g, '\n')) };
}

function textOf(block: PictureBlock): string {
  const words = block.type === 'table' ? [...block.head, ...block.rows.flat()] : [block.text];
  return [block.heading ?? '', ...words].join('\n');
}
