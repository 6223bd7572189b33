/** JSON with bigints written as bare numbers, as the service writes its 64-bit ids. */
export function toWireJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `\u0000int:${one}` : one));
  return marked.replaceAll(/"\\u0000int:(-?\d+)"/g, '$1');
}
