/** A JSON value of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a field when it is a string, else the fallback. */
export function stringField(value: unknown, name: string, fallback = ''): string {
  const field = isObject(value) ? value[name] : undefined;
  return typeof field === 'string' ? field : fallback;
}
