import { readFile } from 'node:fs/promises';

/** A piece of a face and what it holds. */
export interface FontFile {
  readonly family: 'mono' | 'sans' | 'emoji';
  readonly file: string;
  /** Code points, first and last. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Beside `src` and `dist` alike. */
const directory = new URL('../fonts/', import.meta.url);

/** What there is to draw with. */
export async function listFonts(): Promise<readonly FontFile[]> {
  return JSON.parse(await readFile(new URL('fonts.json', directory), 'utf8')) as readonly FontFile[];
}

export function readFont({ file }: FontFile): Promise<Buffer> {
  return readFile(new URL(file, directory));
}

/** The pieces that a text needs, every one that holds any of it. Undefined: one of its characters is in none. */
export function fontsFor(text: string, fonts: readonly FontFile[]): readonly FontFile[] | undefined {
  const points = new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0).filter((point) => !isBlank(point)));
  const wanted = new Set<FontFile>();
  for (const point of points) {
    const holding = fonts.filter(({ ranges }) => ranges.some(([first, last]) => first <= point && point <= last));
    if (holding.length === 0) return undefined;
    for (const font of holding) wanted.add(font);
  }
  return fonts.filter((font) => wanted.has(font));
}

/** Needs no glyph: line ends, spaces, and marks that change how the character before is shown. */
function isBlank(point: number): boolean {
  return point === 0x0a || point === 0x20 || point === 0x200d || (0xfe00 <= point && point <= 0xfe0f);
}
