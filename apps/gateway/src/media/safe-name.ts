const maxBytes = 120;
/** Names that some systems keep for devices. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name from what a stranger called it: the last part of a path, without anything that leads elsewhere, hides, or runs in another
 * direction; short enough for every disk, with its ending.
 */
export function safeName(given: string | undefined, fallback = 'file'): string {
  const last = (given ?? '').normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu, '')
    .replaceAll(/[<>:"|?*`$;&'\s]+/g, ' ')
    .replaceAll(/^[.\s-]+|[.\s]+$/g, '');
  const name = shortened(plain === '' ? fallback : plain);
  return reserved.test(name) ? `_${name}` : name;
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  let stem = '';
  for (const character of name.slice(0, name.length - ending.length)) {
    if (Buffer.byteLength(stem + character + ending) > maxBytes) break;
    stem += character;
  }
  return stem + ending;
}

/** The name with the ending that fits its content, so that nobody opens it with the wrong program. */
export function withEnding(name: string, ending: string | undefined): string {
  if (ending === undefined) return name;
  const own = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  const isSame = own === ending || (own === 'jpeg' && ending === 'jpg') || (own === 'tiff' && ending === 'tif');
  return isSame ? name : `${name}.${ending}`;
}
