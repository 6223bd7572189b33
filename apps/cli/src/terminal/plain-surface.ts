import { plainText } from './plain-text.ts';
import { closeGaps, paint } from './spans.ts';
import type { Surface } from './surface.ts';

export interface PlainSurfaceOptions {
  readonly write: (text: string) => void;
  /** Default false: the text as it was written, Markdown and all. */
  readonly hasColours?: boolean;
}

/** Lines and nothing else, for pipes and files: no colours, no cursor moves, no unfinished lines. */
export function createPlainSurface({ write, hasColours = false }: PlainSurfaceOptions): Surface {
  let wasBlank = true;
  return {
    print(lines) {
      const shown = closeGaps(lines, wasBlank);
      const last = shown.at(-1);
      if (last === undefined) return;
      wasBlank = last.raw.trim() === '';
      write(shown.map((line) => `${hasColours ? paint(line.spans, true) : plainText(line.raw)}\n`).join(''));
    },
    setTail() {},
    setStatus() {},
  };
}
