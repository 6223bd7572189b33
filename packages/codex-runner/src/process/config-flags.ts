import type { JsonObject, JsonValue } from '@threadbridge/contract';

/**
 * Codex configuration as command line flags: `{ features: { plugins: false } }` → `['-c', 'features.plugins=false']`. A table is taken
 * apart into dotted keys, so that it joins what `config.toml` says instead of replacing it. Flags can be read by every user of the
 * machine: no secrets.
 */
export function configFlags(config: JsonObject): readonly string[] {
  return flatten(config, '').flatMap(([key, value]) => ['-c', `${key}=${toToml(value)}`]);
}

function flatten(config: JsonObject, prefix: string): readonly (readonly [string, JsonValue])[] {
  return Object.entries(config).flatMap(([key, value]): readonly (readonly [string, JsonValue])[] => {
    if (value === null) return [];
    const path = `${prefix}${key}`;
    return isTable(value) && Object.keys(value).every(isBareKey) ? flatten(value, `${path}.`) : [[path, value]];
  });
}

function toToml(value: JsonValue): string {
  if (isTable(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== null);
    return `{${members.map(([key, member]) => `${toKey(key)} = ${toToml(member)}`).join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(toToml).join(', ')}]`;
  return typeof value === 'string' ? toTomlString(value) : String(value);
}

/** JSON's escapes are a part of TOML's; only DEL must be escaped besides. */
function toTomlString(value: string): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007F');
}

function toKey(key: string): string {
  return isBareKey(key) ? key : toTomlString(key);
}

function isBareKey(key: string): boolean {
  return /^[\w-]+$/.test(key);
}

function isTable(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
