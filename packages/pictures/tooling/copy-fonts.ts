import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create } from 'fontkit';
import type { FontFile } from '../src/fonts.ts';

/** Takes the one weight of each face that is drawn with, in the pieces in which the web loads it, and the licences. */
const require = createRequire(import.meta.url);
const faces: readonly { readonly name: string; readonly manifest: string; readonly family: FontFile['family'] }[] = [
  { name: 'cascadia-mono', manifest: require.resolve('@fontsource/cascadia-mono/package.json'), family: 'mono' },
  { name: 'noto-sans-sc', manifest: require.resolve('@fontsource/noto-sans-sc/package.json'), family: 'sans' },
  { name: 'noto-emoji', manifest: require.resolve('@fontsource/noto-emoji/package.json'), family: 'emoji' },
];

const target = join(import.meta.dirname, '../fonts');
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const files: FontFile[] = [];
for (const face of faces) {
  const source = dirname(face.manifest);
  const pieces = JSON.parse(await readFile(join(source, 'unicode.json'), 'utf8')) as Record<string, string>;
  for (const piece of Object.keys(pieces)) {
    const file = `${face.name}-${piece.replaceAll(/[[\]]/g, '')}-400-normal.woff2`;
    await copyFile(join(source, 'files', file), join(target, file));
    files.push({ family: face.family, file, ranges: toRanges(await glyphsOf(join(target, file))) });
  }
  await copyFile(join(source, 'LICENSE'), join(target, `LICENSE-${face.name}.txt`));
}
await writeFile(join(target, 'fonts.json'), JSON.stringify(files));

/** What the file holds; the ranges that the web is told claim more. */
async function glyphsOf(path: string): Promise<readonly number[]> {
  const font = create(await readFile(path));
  if (!('characterSet' in font)) throw new Error(`${path} is a collection of fonts.`);
  return font.characterSet.toSorted((a, b) => a - b);
}

function toRanges(points: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last?.[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges;
}
