/** What reads badly as chat text on a narrow screen. */
export type PictureBlock =
  /** `diff`: lines that begin with `+`, `-` or `@@`. */
  | { readonly type: 'code' | 'diff'; readonly heading?: string; readonly text: string }
  /** Cells are plain text. */
  | {
      readonly type: 'table';
      readonly heading?: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/**
 * Draws a block as a PNG that reads well at the width of a phone. Undefined: it cannot be drawn (a character without a glyph, too much of
 * it); it is then said as text. `mark` is a short word in the corner, such as `2/3`. Rejects where the renderer is missing or broken.
 */
export type DrawPicture = (block: PictureBlock, mark?: string) => Promise<Uint8Array | undefined>;
