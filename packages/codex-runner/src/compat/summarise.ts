import type { ProtocolSchema, Root } from './read-schema.ts';
import type { Fields, MethodNames, ProtocolSummary, TypeSummary } from './summary.ts';

/** What this package names of a protocol. */
export interface UsedNames {
  /** Whether it names a field, a word of an enumeration, or a variant, of a type; `sentWith` is the method it would be sent with. */
  isUsed(type: string, name: string, sentWith?: Root): boolean;
  /** Whether it looks into a type at all. */
  isOpaque(type: string): boolean;
}

interface Kept {
  readonly fields: Set<string>;
  readonly values: Set<string>;
  readonly variants: Map<string, Set<string>>;
}

/**
 * The part of a protocol that `uses` leads to, as far as it is named. Of what is sent, fields that must be there are kept too, named or not:
 * a request without them is refused.
 */
export function summarise(
  schema: ProtocolSchema,
  uses: MethodNames,
  names: UsedNames,
): Omit<ProtocolSummary, 'version' | 'behaviour'> {
  const roots = schema.roots(uses);
  const kept = new Map<string, Kept>();
  const visited = new Set<string>();
  const asked = new Set(uses.clientRequests);

  const visit = (name: string, isSent: boolean, root: Root | undefined) => {
    const type = schema.type(name);
    const key = `${name} ${root?.method}`;
    if (type === undefined || visited.has(key) || names.isOpaque(name)) return;
    visited.add(key);
    const mine: Kept = kept.get(name) ?? { fields: new Set(), values: new Set(), variants: new Map() };
    kept.set(name, mine);
    const isUsed = (word: string) => names.isUsed(name, word, root);
    const next: string[] = [type.is ?? ''];
    const keep = (fields: Fields, into: Set<string>) => {
      for (const [field, text] of Object.entries(fields)) {
        if (!isUsed(field) && !(isSent && !text.startsWith('?'))) continue;
        into.add(field);
        next.push(text);
      }
    };
    keep(type.fields ?? {}, mine.fields);
    for (const value of type.values ?? []) if (isUsed(value)) mine.values.add(value);
    for (const [variant, fields] of Object.entries(type.variants ?? {})) {
      if (!isUsed(wordOf(variant))) continue;
      const own = mine.variants.get(variant) ?? new Set();
      mine.variants.set(variant, own);
      keep(fields, own);
    }
    for (const [other] of next.join(' ').matchAll(/\b[A-Z]\w*/g)) visit(other, isSent, root);
  };

  for (const root of roots.sent) visit(root.type, true, asked.has(root.method) ? root : undefined);
  const sent = new Set(kept.keys());
  // What goes both ways is held to the stricter rule.
  for (const root of roots.received) if (!sent.has(root.type)) visit(root.type, false, undefined);

  const types = Object.fromEntries(
    [...kept]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, of]) => [name, pick(schema.type(name) ?? {}, of)] as const),
  );
  return { methods: schema.methods, uses, sent: [...sent].sort(), types };
}

/** What a summary holds, as the names to look for in another protocol. */
export function namesIn(summary: Pick<ProtocolSummary, 'types'>): UsedNames {
  const has = (type: TypeSummary | undefined, name: string) =>
    type !== undefined &&
    (type.fields?.[name] !== undefined ||
      type.values?.includes(name) === true ||
      Object.entries(type.variants ?? {}).some(([variant, fields]) => wordOf(variant) === name || fields[name] !== undefined));
  return { isUsed: (type, name) => has(summary.types[type], name), isOpaque: (type) => summary.types[type] === undefined };
}

/** `type=userMessage` → `userMessage`. */
export function wordOf(variant: string): string {
  return variant.slice(variant.indexOf('=') + 1);
}

function pick(type: TypeSummary, kept: Kept): TypeSummary {
  const only = (fields: Fields | undefined, names: ReadonlySet<string> | undefined): Fields =>
    Object.fromEntries(Object.entries(fields ?? {}).filter(([field]) => names?.has(field)));
  const variants = Object.entries(type.variants ?? {}).filter(([variant]) => kept.variants.has(variant));
  return {
    ...(kept.fields.size > 0 && { fields: only(type.fields, kept.fields) }),
    ...(kept.values.size > 0 && { values: (type.values ?? []).filter((value) => kept.values.has(value)) }),
    ...(variants.length > 0 && {
      variants: Object.fromEntries(variants.map(([variant, fields]) => [variant, only(fields, kept.variants.get(variant))])),
    }),
    ...(type.is !== undefined && { is: type.is }),
  };
}
