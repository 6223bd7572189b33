import type { ProtocolSchema } from '../../src/compat/read-schema.ts';
import { summarise } from '../../src/compat/summarise.ts';
import type { MethodNames, ProtocolSummary, TypeSummary } from '../../src/compat/summary.ts';

/** Everything that differs between two protocols, used or not; what the methods in use lead to, field by field. */
export interface WholeDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function diffAll(before: ProtocolSchema, after: ProtocolSchema, uses: MethodNames): WholeDiff {
  const [left, right] = [before, after].map((schema) => flatten(summarise(schema, uses, everything)));
  const [from, to] = [left ?? new Map(), right ?? new Map()];
  return {
    added: [...to.keys()].filter((key) => !from.has(key)),
    removed: [...from.keys()].filter((key) => !to.has(key)),
    changed: [...from].flatMap(([key, text]) =>
      to.has(key) && to.get(key) !== text ? [`${key}: ${text} → ${to.get(key)}`] : [],
    ),
  };
}

const everything = { isUsed: () => true, isOpaque: () => false };

function flatten(summary: Pick<ProtocolSummary, 'methods' | 'types'>): ReadonlyMap<string, string> {
  const { clientRequests, serverRequests, notifications } = summary.methods;
  const methods = [
    ...clientRequests.map((name) => `request ${name}`),
    ...serverRequests.map((name) => `server request ${name}`),
    ...notifications.map((name) => `notification ${name}`),
  ];
  return new Map([
    ...methods.map((name): [string, string] => [name, '']),
    ...Object.entries(summary.types).flatMap(([name, type]) => flattenType(name, type)),
  ]);
}

function flattenType(name: string, type: TypeSummary): readonly [string, string][] {
  return [
    ...Object.entries(type.fields ?? {}).map(([field, text]): [string, string] => [`${name}.${field}`, text]),
    ...(type.values ?? []).map((value): [string, string] => [`${name}=${value}`, '']),
    ...Object.entries(type.variants ?? {}).flatMap(([variant, fields]): [string, string][] => [
      [`${name}[${variant}]`, ''],
      ...Object.entries(fields).map(([field, text]): [string, string] => [`${name}[${variant}].${field}`, text]),
    ]),
    ...(type.is === undefined ? [] : [[name, type.is] as [string, string]]),
  ];
}
