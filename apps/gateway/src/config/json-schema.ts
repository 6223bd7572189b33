import * as z from 'zod';
import { configSchema } from './schema.ts';

/** A JSON Schema, as far as this program looks into it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

/** The published schema of the configuration file: what may be written, with everything optional that has a default. */
export function configJsonSchema(): JsonSchema {
  return z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
}

/** The keys that may stand in the object at `path` of a configuration. Empty where any key may. */
export function keysAt(path: readonly PropertyKey[], config: unknown): readonly string[] {
  const schema = configJsonSchema();
  const { here, value } = walk(path, config, schema);
  return Object.keys(resolve(here, schema, value)?.properties ?? {});
}

/** Whether the value at `path` is a reference to a secret, or a part of one. */
export function isSecretAt(path: readonly PropertyKey[], config: unknown): boolean {
  return walk(path, config, configJsonSchema()).isSecret;
}

function walk(path: readonly PropertyKey[], config: unknown, schema: JsonSchema) {
  let here: JsonSchema | undefined = schema;
  let value = config;
  let isSecret = false;
  for (const step of path) {
    here = resolve(here, schema, value);
    const inner: JsonSchema | boolean | undefined = here?.properties?.[String(step)] ?? here?.items ?? here?.additionalProperties;
    here = typeof inner === 'object' ? inner : undefined;
    isSecret ||= here?.$ref === '#/$defs/Secret';
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return { here, value, isSecret };
}

/** Follows references and picks the member of a union that `value` means. */
function resolve(schema: JsonSchema | undefined, root: JsonSchema, value: unknown): JsonSchema | undefined {
  if (schema?.$ref !== undefined) return resolve(root.$defs?.[schema.$ref.replace('#/$defs/', '')], root, value);
  const members = schema?.oneOf ?? schema?.anyOf;
  if (members === undefined) return schema;
  const resolved = members.map((member) => resolve(member, root, value));
  return resolved.find((member) => matches(member, value)) ?? resolved.find((member) => member?.properties !== undefined);
}

/** Whether every constant of the member (its `type`, `source` or `mode`) is what the value says. */
function matches(member: JsonSchema | undefined, value: unknown): boolean {
  const constants = Object.entries(member?.properties ?? {}).filter(([, property]) => property.const !== undefined);
  return (
    constants.length > 0 &&
    constants.every(([key, property]) => (value as Record<string, unknown> | undefined)?.[key] === property.const)
  );
}
