import type { JsonObject } from '@threadbridge/contract';

/** A value from outside, of which nothing is known yet. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field when it is a text that says something. */
export function textAt(value: unknown, name: string): string | undefined {
  const field = isObject(value) ? value[name] : undefined;
  return typeof field === 'string' && field !== '' ? field : undefined;
}

/** A field when it is an object. */
export function objectAt(value: unknown, name: string): JsonObject | undefined {
  const field = isObject(value) ? value[name] : undefined;
  return isObject(field) ? field : undefined;
}

/** A field when it is a list, else an empty one. */
export function listAt(value: unknown, name: string): readonly unknown[] {
  const field = isObject(value) ? value[name] : undefined;
  return Array.isArray(field) ? field : [];
}

/** A field as a number, also where the platform writes numbers as text. */
export function numberAt(value: unknown, name: string): number | undefined {
  const field = isObject(value) ? value[name] : undefined;
  const number = typeof field === 'string' && field !== '' ? Number(field) : field;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Parses JSON; undefined for anything that is none. */
export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bytes of a value as JSON in UTF-8: what the platform measures. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
