import type { Environment } from './home.ts';
import type { ProfileInput } from './schema.ts';

/** A part of a configuration from one source. Later layers win, field by field. */
export interface Layer {
  readonly source: 'file' | 'environment' | 'flags';
  /** A part of the whole configuration, unchecked. */
  readonly value: unknown;
  /** In the environment: the variable behind each value, by path text of the profile (`nativeApi.port`). */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A value of a profile that flags or an embedding program set. */
export type ProfileOverrides = ProfileInput;

type Fields = Readonly<Record<string, unknown>>;

/** What the environment says about a profile. An empty variable says nothing. */
export function environmentLayer(environment: Environment, profile: string): Layer {
  const nativeApi: Record<string, unknown> = {};
  const variables: Record<string, string> = {};
  for (const [name, key, read] of nativeApiVariables) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    nativeApi[key] = read(text, name);
    variables[`nativeApi.${key}`] = name;
  }
  const isEmpty = Object.keys(nativeApi).length === 0;
  return { source: 'environment', value: isEmpty ? {} : { profiles: { [profile]: { nativeApi } } }, variables };
}

const nativeApiVariables: readonly (readonly [string, string, (text: string, name: string) => unknown])[] = [
  ['CODEX_NATIVE_API_ENABLE', 'enabled', toBoolean],
  ['CODEX_NATIVE_API_HOST', 'host', (text) => text],
  ['CODEX_NATIVE_API_PORT', 'port', (text) => (/^\d+$/.test(text) ? Number(text) : text)],
  // By reference, so that the value itself is never a part of the configuration.
  ['CODEX_NATIVE_API_AUTH_TOKEN', 'token', (_, name) => ({ source: 'env', name })],
  ['CODEX_NATIVE_API_DEFAULT_MODEL', 'defaultModel', (text) => text],
];

/** What cannot be read as yes or no is left as it is; the schema then refuses it. */
function toBoolean(text: string): boolean | string {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off)$/i.test(text) ? false : text;
}

/** All layers as one value. Objects are merged field by field; lists, references to secrets and logins are taken whole. Pure. */
export function mergeLayers(layers: readonly Layer[]): unknown {
  return layers.reduce<unknown>((below, layer) => merge(below, layer.value), {});
}

function merge(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isFields(below) || !isFields(above) || isWhole(below) || isWhole(above)) return above;
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = merge(below[key], value);
  return merged;
}

/** The uppermost layer that gives the value at `path`. */
export function layerOf(layers: readonly Layer[], path: readonly PropertyKey[]): Layer | undefined {
  return layers.findLast((layer) => hasPath(layer.value, path));
}

function hasPath(value: unknown, path: readonly PropertyKey[]): boolean {
  const [step, ...rest] = path;
  if (value === undefined) return false;
  if (step === undefined || isWhole(value)) return true;
  return isFields(value) && Object.hasOwn(value, step) && hasPath(value[String(step)], rest);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values whose parts mean nothing without each other. */
function isWhole(value: unknown): boolean {
  return Array.isArray(value) || (isFields(value) && ('source' in value || 'mode' in value));
}

/** Freezes a value with everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
