/** A name that somebody gave a file, fit to be shown: one short line that runs in one direction and closes no quotation. */
export function fileName(name: string): string {
  const shown = Array.from(name.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029`“”]+/gu, ' ').trim());
  return shown.length > 80 ? `${shown.slice(0, 40).join('')}…${shown.slice(-39).join('')}` : shown.join('');
}

/** A limit in words: `20 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round((bytes / 1_048_576) * 10) / 10} MB`;
}

/** A size in words: `3 KB`. */
export function kilobytes(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : megabytes(bytes);
}
