/** Lets streamed text through until a limit or a stop sequence is reached. */
export interface TextGate {
  /** What may be shown now. After a cut nothing passes any more. */
  push(text: string): string;
  /** What was held back, as it might have begun a stop sequence. */
  flush(): string;
  readonly cut: 'length' | 'stop' | undefined;
}

/** Codex counts tokens only when an answer is over; while it streams, four characters stand for one. */
const charactersPerToken = 4;

export function createTextGate(options: { readonly maxTokens?: number | undefined; readonly stop: readonly string[] }): TextGate {
  const { stop } = options;
  let left = options.maxTokens === undefined ? Number.POSITIVE_INFINITY : options.maxTokens * charactersPerToken;
  const longest = Math.max(0, ...stop.map((each) => each.length));
  let held = '';
  let cut: 'length' | 'stop' | undefined;

  const pass = (text: string): string => {
    if (text.length <= left) {
      left -= text.length;
      return text;
    }
    cut = 'length';
    // A limit must not fall between the halves of a surrogate pair.
    const end = isHighSurrogate(text.charCodeAt(left - 1)) ? left - 1 : left;
    left = 0;
    return text.slice(0, end);
  };

  return {
    push(text) {
      if (cut !== undefined) return '';
      if (longest === 0) return pass(text);
      const all = held + text;
      const found = stop.map((each) => all.indexOf(each)).filter((at) => at >= 0);
      if (found.length > 0) {
        held = '';
        const shown = pass(all.slice(0, Math.min(...found)));
        cut ??= 'stop';
        return shown;
      }
      const keep = heldLength(all, stop);
      held = all.slice(all.length - keep);
      return pass(all.slice(0, all.length - keep));
    },
    flush() {
      const rest = held;
      held = '';
      return cut === undefined ? pass(rest) : '';
    },
    get cut() {
      return cut;
    },
  };
}

/** Length of the longest end of `text` that a stop sequence begins with. */
function heldLength(text: string, stop: readonly string[]): number {
  const lengths = stop.map((each) => {
    for (let length = Math.min(each.length - 1, text.length); length > 0; length--) {
      if (text.endsWith(each.slice(0, length))) return length;
    }
    return 0;
  });
  return Math.max(0, ...lengths);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
