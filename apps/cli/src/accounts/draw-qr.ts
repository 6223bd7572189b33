import { renderUnicodeCompact } from 'uqr';

const brightOnBlack = '\u001b[97;40m';
const reset = '\u001b[0m';

/** A QR code in half blocks. With colours it is dark on light on every terminal; without, on dark terminals. */
export function drawQr(text: string, hasColour: boolean): string {
  const rows = renderUnicodeCompact(text, { border: 2 });
  return hasColour ? rows.replaceAll(/^.*$/gm, (row) => `${brightOnBlack}${row}${reset}`) : rows;
}
