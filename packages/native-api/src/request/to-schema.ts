import type { JsonObject, JsonValue } from '@threadbridge/contract';
import { missing, wrongValue } from '../api-error.ts';
import { type Fields, isFields, optionalFields, optionalFlag, optionalName, optionalText } from './fields.ts';

/** What the answer has to look like. */
export interface AnswerSchema {
  readonly name: string;
  readonly description: string | null;
  /** As it came. */
  readonly schema: JsonObject;
  /** As Codex gets it: Codex sends every schema as a strict one. */
  readonly strictSchema: JsonObject;
  readonly strict: boolean | null;
}

/** Reads the members of a `json_schema` format at `at`. Throws 400 where a strict schema cannot be had. */
export function toAnswerSchema(format: Fields, at: string): AnswerSchema {
  const name = optionalName(format, 'name', `${at}.name`);
  if (name === undefined) throw missing(`${at}.name`);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw wrongValue(`${at}.name`, 'it must be 1 to 64 letters, digits, _ or -.');
  const schema = optionalFields(format, 'schema', `${at}.schema`) as JsonObject | undefined;
  if (schema === undefined) throw missing(`${at}.schema`);
  const strict = optionalFlag(format, 'strict', `${at}.strict`) ?? null;
  if (schema.type !== 'object') throw wrongValue(`${at}.schema`, "its type must be 'object'.");
  return {
    name,
    schema,
    strict,
    description: optionalText(format, 'description', `${at}.description`) ?? null,
    strictSchema: tighten(schema, `${at}.schema`, strict === true) as JsonObject,
  };
}

const maps = new Set(['properties', '$defs', 'definitions']);
const lists = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const nodes = new Set(['items', 'not']);

/**
 * Strict schemas name every member as required and allow no others. Where the caller did not ask for strictness the schema is made so:
 * whatever fits the tighter one fits the caller's.
 */
function tighten(node: JsonValue, at: string, isStrict: boolean): JsonValue {
  if (!isFields(node)) return node;
  const inner = Object.fromEntries(
    Object.entries(node as JsonObject).map(([key, value]): [string, JsonValue] => {
      if (maps.has(key) && isFields(value)) {
        const members = Object.entries(value as JsonObject);
        return [key, Object.fromEntries(members.map(([name, each]) => [name, tighten(each, `${at}.${key}.${name}`, isStrict)]))];
      }
      if (lists.has(key) && Array.isArray(value)) {
        return [key, value.map((each: JsonValue, index) => tighten(each, `${at}.${key}[${index}]`, isStrict))];
      }
      return [key, nodes.has(key) ? tighten(value, `${at}.${key}`, isStrict) : value];
    }),
  );
  return isObjectSchema(node as JsonObject) ? closed(inner, at, isStrict) : inner;
}

function isObjectSchema({ type, properties }: JsonObject): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object')) || properties !== undefined;
}

function closed(node: JsonObject, at: string, isStrict: boolean): JsonObject {
  const names = isFields(node.properties) ? Object.keys(node.properties) : [];
  const required = Array.isArray(node.required) ? node.required : [];
  const isOpen = node.additionalProperties !== false;
  if (isFields(node.additionalProperties))
    throw wrongValue(at, 'maps (additionalProperties as a schema) are not possible in a strict schema.');
  const missed = names.find((name) => !required.includes(name));
  if (isStrict && isOpen) throw wrongValue(at, "a strict schema needs 'additionalProperties': false here.");
  if (isStrict && missed !== undefined) throw wrongValue(at, `a strict schema needs '${missed}' among 'required'.`);
  return { ...node, additionalProperties: false, required: names };
}
