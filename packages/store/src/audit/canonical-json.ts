/**
 * A value as JSON has it, in the one form of RFC 8785: keys in order of their UTF-16 code units, no white space. Equal values give equal
 * text. Half surrogate pairs, which the RFC forbids, stay escaped as `JSON.stringify` does it. Throws on what JSON cannot hold (a bigint, a circle).
 */
export function canonicalJson(value: unknown): string {
  return write(JSON.parse(JSON.stringify(value)));
}

function write(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${write(part)}`);
  return `{${parts.join(',')}}`;
}
