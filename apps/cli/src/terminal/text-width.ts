const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** East Asian wide and full-width blocks (https://www.unicode.org/reports/tr11/), coarse where blocks are wide throughout. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const emoji = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2}/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** What a person sees as single characters. */
export function graphemes(text: string): readonly string[] {
  return isAscii(text) ? [...text] : Array.from(segmenter.segment(text), (part) => part.segment);
}

/** Columns a text takes on a terminal. A tab counts as one; texts for rows have none. */
export function textWidth(text: string): number {
  return isAscii(text) ? text.length : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** Columns of one character: 0, 1 or 2. */
export function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) || emoji.test(grapheme) ? 2 : 1;
}

function isAscii(text: string): boolean {
  return /^[\t\n\u0020-\u007e]*$/.test(text);
}
