import type { JsoncDocument } from './jsonc.ts';
import { type Layer, layerOf } from './layers.ts';
import { pathText } from './mistake.ts';

/** Where a value comes from. */
export type Origin =
  | { readonly type: 'default' }
  | { readonly type: 'file'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly type: 'environment'; readonly variable: string }
  | { readonly type: 'flag' };

/** One value of a profile with its origin. Secrets are references here, never values. */
export interface SettingLine {
  /** Inside the profile: `codex.home`. */
  readonly path: string;
  readonly value: unknown;
  readonly origin: Origin;
}

/** What is needed to say where a value comes from. */
export interface Sources {
  readonly file: string;
  readonly document: JsoncDocument | undefined;
  readonly layers: readonly Layer[];
  readonly profile: string;
}

/** The origin of the value at `path` of the whole configuration. */
export function originOf(path: readonly PropertyKey[], sources: Sources): Origin {
  const layer = layerOf(sources.layers, path);
  switch (layer?.source) {
    case undefined:
      return { type: 'default' };
    case 'flags':
      return { type: 'flag' };
    case 'environment':
      return { type: 'environment', variable: variableOf(path, layer) };
    case 'file':
      return { type: 'file', file: sources.file, ...(sources.document?.locate(path) ?? { line: 1, column: 1 }) };
  }
}

/** An origin for people: `config.json:3:5`, `$CODEX_NATIVE_API_PORT`, `command line`, `default`. */
export function originText(origin: Origin): string {
  switch (origin.type) {
    case 'default':
      return 'default';
    case 'flag':
      return 'command line';
    case 'environment':
      return `$${origin.variable}`;
    case 'file':
      return `${origin.file}:${origin.line}:${origin.column}`;
  }
}

/** Each value of a profile with its path; lists, empty objects and references to secrets are one value. */
export function listSettings(profile: object, originAt: (path: readonly PropertyKey[]) => Origin): readonly SettingLine[] {
  const lines: SettingLine[] = [];
  const visit = (value: unknown, path: readonly PropertyKey[]) => {
    const isBranch =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      !('source' in value) &&
      Object.keys(value).length > 0;
    if (isBranch) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    else if (value !== undefined) lines.push({ path: pathText(path), value, origin: originAt(path) });
  };
  visit(profile, []);
  return lines;
}

function variableOf(path: readonly PropertyKey[], layer: Layer): string {
  const text = pathText(path.slice(2));
  const known = Object.entries(layer.variables ?? {}).find(([key]) => text === key || text.startsWith(`${key}.`));
  return known?.[1] ?? 'environment';
}
