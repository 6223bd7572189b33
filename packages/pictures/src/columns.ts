/** How wide a text is, counted in Latin letters: what is written in squares (Chinese, emoji) counts two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return columns;
}

function isWide(point: number): boolean {
  return (
    (0x1100 <= point && point <= 0x115f) ||
    (0x2e80 <= point && point <= 0xa4cf) ||
    (0xac00 <= point && point <= 0xd7a3) ||
    (0xf900 <= point && point <= 0xfaff) ||
    (0xfe30 <= point && point <= 0xfe4f) ||
    (0xff00 <= point && point <= 0xff60) ||
    (0xffe0 <= point && point <= 0xffe6) ||
    (0x1f300 <= point && point <= 0x1faff) ||
    (0x20000 <= point && point <= 0x3fffd)
  );
}
