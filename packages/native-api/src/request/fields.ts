import { invalid, wrongType, wrongValue } from '../api-error.ts';

/** A JSON object as it came. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own members only: a body may name `__proto__` or `constructor`. */
export function member(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Absent and null are the same. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

export function textAt(value: unknown, param: string): string {
  if (typeof value !== 'string') throw wrongType(param, 'a string');
  return value;
}

export function optionalText(fields: Fields, name: string, at = name): string | undefined {
  const value = member(fields, name);
  return isAbsent(value) ? undefined : textAt(value, at);
}

/** A string that says something. */
export function optionalName(fields: Fields, name: string, at = name): string | undefined {
  const value = optionalText(fields, name, at);
  if (value === '') throw invalid('empty_string', at, `'${at}' must not be empty.`);
  return value;
}

export function optionalFlag(fields: Fields, name: string, at = name): boolean | undefined {
  const value = member(fields, name);
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'boolean') throw wrongType(at, 'a boolean');
  return value;
}

export function optionalNumber(fields: Fields, name: string, at = name): number | undefined {
  const value = member(fields, name);
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'number') throw wrongType(at, 'a number');
  return value;
}

export function optionalCount(fields: Fields, name: string, least: number, at = name): number | undefined {
  const value = optionalNumber(fields, name, at);
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) throw wrongType(at, 'an integer');
  if (value < least) throw wrongValue(at, `it must be at least ${least}.`);
  return value;
}

export function fieldsAt(value: unknown, param: string): Fields {
  if (!isFields(value)) throw wrongType(param, 'an object');
  return value;
}

export function optionalFields(fields: Fields, name: string, at = name): Fields | undefined {
  const value = member(fields, name);
  return isAbsent(value) ? undefined : fieldsAt(value, at);
}

export function listAt(value: unknown, param: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongType(param, 'an array');
  return value;
}

export function optionalList(fields: Fields, name: string, at = name): readonly unknown[] | undefined {
  const value = member(fields, name);
  return isAbsent(value) ? undefined : listAt(value, at);
}

export function oneOf<const Word extends string>(value: unknown, words: readonly Word[], param: string): Word {
  const found = words.find((word) => word === value);
  if (typeof value !== 'string') throw wrongType(param, 'a string');
  if (found === undefined) throw wrongValue(param, `supported are ${words.map((word) => `'${word}'`).join(', ')}.`);
  return found;
}
