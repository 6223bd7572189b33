import type { JsonObject, JsonValue } from '@threadbridge/contract';

/**
 * What the protocol says is there, read as a stranger would: another version may leave any field out or make something else of it. The
 * names are checked against the generated types, so that a renamed field is found by the compiler; the values are read by the functions
 * below, which never throw.
 */
export type Seen<T> = { readonly [Key in FieldOf<T>]?: unknown };
type FieldOf<T> = T extends unknown ? keyof T : never;

/** `value` as an object of the fields of `T`; empty where it is none. */
export function seen<T>(value: unknown): Seen<T> {
  return isObject(value) ? (value as Seen<T>) : ({} as Seen<T>);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function words(value: unknown): string {
  return text(value) ?? '';
}

export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): readonly string[] {
  return list(value).filter((entry) => typeof entry === 'string');
}

/** Everything that came over the wire was JSON. */
export function json(value: unknown): JsonValue {
  return value === undefined ? null : (value as JsonValue);
}

export function jsonObject(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {};
}

/** `{ [key]: value }`, or nothing where the value is absent: for optional fields, which must not be `undefined`. */
export function maybe<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
