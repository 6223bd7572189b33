import { isObject, list, texts } from '../convert/seen.ts';
import type { Fields, MethodNames, TypeSummary } from './summary.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The one bundle `codex app-server generate-json-schema` writes, taken apart. */
export interface ProtocolSchema {
  readonly methods: MethodNames;
  /** By name; where an old and a new form share a name, the new one is meant. */
  type(name: string): TypeSummary | undefined;
  /** Names of the types that are sent to app-server by these methods, and of those that come from it. */
  roots(methods: MethodNames): { readonly sent: readonly Root[]; readonly received: readonly Root[] };
}

/** A type, and the method it travels with. */
export interface Root {
  readonly method: string;
  readonly type: string;
}

const unions = { clientRequests: 'ClientRequest', serverRequests: 'ServerRequest', notifications: 'ServerNotification' } as const;

/** Told to threads that asked for raw events, and in no list: the types are all there is of them. */
const unlisted: Readonly<Record<string, string>> = { 'rawResponse/completed': 'RawResponseCompletedNotification' };

/** Reads leniently: what has another shape than expected is left out, and is missed by who compares. */
export function readSchema(bundle: unknown): ProtocolSchema {
  const all = objectAt(bundle, 'definitions');
  const current = objectAt(all, 'v2');
  const find = (name: string): Schema | undefined => {
    const found = current[name] ?? all[name];
    return isObject(found) ? found : undefined;
  };

  const paramsOf = (union: string): ReadonlyMap<string, string> =>
    new Map(
      list(find(union)?.oneOf).flatMap((member): [string, string][] => {
        const properties = objectAt(member, 'properties');
        const [method] = texts(objectAt(properties, 'method').enum);
        return method === undefined ? [] : [[method, refName(properties.params) ?? '']];
      }),
    );
  const params = {
    clientRequests: paramsOf(unions.clientRequests),
    serverRequests: paramsOf(unions.serverRequests),
    notifications: new Map([
      ...paramsOf(unions.notifications),
      ...Object.entries(unlisted).filter(([, type]) => find(type) !== undefined),
    ]),
  };
  const named = (direction: keyof MethodNames, methods: MethodNames): readonly Root[] =>
    methods[direction].flatMap((method) => {
      const type = params[direction].get(method);
      return type ? [{ method, type }] : [];
    });
  const replies = (roots: readonly Root[]) =>
    roots.map(({ method, type }) => ({ method, type: type.replace(/Params$/, 'Response') }));

  return {
    methods: {
      clientRequests: [...params.clientRequests.keys()].sort(),
      serverRequests: [...params.serverRequests.keys()].sort(),
      notifications: [...params.notifications.keys()].sort(),
    },
    type(name) {
      const schema = find(name);
      return schema === undefined ? undefined : readType(schema);
    },
    roots(methods) {
      const [asked, answered] = [named('clientRequests', methods), named('serverRequests', methods)];
      return {
        sent: [...asked, ...replies(answered)],
        received: [...replies(asked), ...answered, ...named('notifications', methods)],
      };
    },
  };
}

function readType(schema: Schema): TypeSummary {
  const own = readFields({ properties: schema.properties, required: schema.required });
  const values = new Set(texts(schema.enum));
  const variants: Record<string, Fields> = {};
  const rest: string[] = [];
  for (const member of [...list(schema.oneOf), ...list(schema.anyOf)]) {
    if (!isObject(member)) continue;
    const words = texts(member.enum);
    const variant = readVariant(member);
    for (const word of words) values.add(word);
    if (variant !== undefined) variants[variant.name] = { ...variants[variant.name], ...variant.fields };
    else if (words.length === 0) rest.push(toText(member));
  }
  const isPlain = Object.keys(own).length === 0 && values.size === 0 && Object.keys(variants).length === 0;
  if (isPlain && rest.length === 0) rest.push(toText(schema));
  return {
    ...(Object.keys(own).length > 0 && { fields: own }),
    ...(values.size > 0 && { values: [...values].sort() }),
    ...(Object.keys(variants).length > 0 && { variants }),
    ...(rest.length > 0 && { is: rest.sort().join(' | ') }),
  };
}

/** A member told apart by a field that can be one word only, or one that is named by its single field. */
function readVariant(member: Schema): { readonly name: string; readonly fields: Fields } | undefined {
  const properties = objectAt(member, 'properties');
  const tag = Object.entries(properties).find(([, value]) => isObject(value) && texts(value.enum).length === 1);
  if (tag !== undefined) {
    const { [tag[0]]: _, ...fields } = readFields(member);
    return { name: `${tag[0]}=${texts(objectAt(properties, tag[0]).enum)[0]}`, fields };
  }
  const [only, ...others] = Object.keys(properties);
  if (only === undefined || others.length > 0) return undefined;
  return { name: only, fields: readFields(objectAt(properties, only)) };
}

function readFields(schema: Schema): Fields {
  const required = new Set(texts(schema.required));
  // `{ detail } & ({ url } | { fileId })`: one of them, so that each may be left out.
  const choices = [...list(schema.anyOf), ...list(schema.oneOf)].flatMap((member) =>
    Object.entries(objectAt(member, 'properties')),
  );
  const own = Object.entries(objectAt(schema, 'properties'));
  return Object.fromEntries(
    [...(own.length > 0 ? choices : []), ...own]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, value]) => [name, `${required.has(name) ? '' : '?'}${toText(value)}`]),
  );
}

function toText(value: unknown): string {
  if (!isObject(value)) return 'any';
  const name = refName(value);
  if (name !== undefined) return name;
  const members = [...list(value.anyOf), ...list(value.oneOf), ...list(value.allOf)];
  if (members.length > 0) return join(members.map(toText));
  const words = texts(value.enum);
  if (words.length > 0) return join(words.map((word) => JSON.stringify(word)));
  return join((Array.isArray(value.type) ? texts(value.type) : texts([value.type ?? 'any'])).map((type) => toPlain(type, value)));
}

function toPlain(type: string, value: Schema): string {
  if (type === 'array') return `${bracketed(toText(value.items))}[]`;
  if (type !== 'object') return type;
  const fields = Object.entries(readFields(value));
  if (fields.length > 0) return `{ ${fields.map(([name, text]) => `${name}: ${text}`).join(', ')} }`;
  return isObject(value.additionalProperties) ? `Record<${toText(value.additionalProperties)}>` : 'object';
}

function bracketed(text: string): string {
  return text.includes(' | ') ? `(${text})` : text;
}

function join(members: readonly string[]): string {
  return [...new Set(members)]
    .sort((left, right) => Number(left === 'null') - Number(right === 'null') || (left < right ? -1 : 1))
    .join(' | ');
}

function refName(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const [only] = list(value.allOf).length === 1 ? list(value.allOf) : [value];
  const ref = isObject(only) ? only.$ref : undefined;
  return typeof ref === 'string' ? ref.split('/').at(-1) : undefined;
}

function objectAt(value: unknown, key: string): Schema {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
}
