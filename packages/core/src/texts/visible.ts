/** What shows nothing, looks like a space, or changes the order of what is around it. */
const hidden = /\u034f|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Zs}\u115f\u1160\u2800\u3164\uffa0]/gu;
/** Of these, what texts may hold: spaces as people type them, and the ends of lines. */
const plain = new Set([' ', '\u3000', '\t', '\n']);

/** A text in which every character can be seen: what is hidden is written as `⟨U+202E⟩`. What is shown is what there is. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, (one) => (plain.has(one) ? one : named(one)));
}

/** A text that can stand between backticks, on one line. */
export function inline(text: string): string {
  return visible(text).replace(/[`\n\t]/g, named);
}

/** Text of others as a quotation, which nothing in it can end. */
export function quoted(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function named(one: string): string {
  return `⟨U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
