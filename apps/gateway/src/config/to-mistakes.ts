import type * as z from 'zod';
import { isSecretAt, keysAt } from './json-schema.ts';
import { nearest } from './nearest.ts';

/** A mistake that is not yet tied to a line. `key`: the mistake is this key of the object at `path`. */
export interface FoundMistake {
  readonly path: readonly PropertyKey[];
  readonly key?: string;
  readonly text: string;
}

type Issue = z.core.$ZodIssue;

/** What the schema found, in words: what stands there, what may stand there. Pure; values of secrets are not shown. */
export function toMistakes(issues: readonly Issue[], root: unknown): readonly FoundMistake[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, text: textFor(issue, root) }];
    const known = keysAt(issue.path, root);
    return issue.keys.map((key) => ({ path: issue.path, key, text: unknownKey(key, known) }));
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return `there is no such setting${meant === undefined ? '.' : `; did you mean "${meant}"?`} Known here: ${known.join(', ')}`;
}

function textFor(issue: Issue, root: unknown): string {
  const value = valueAt(root, issue.path);
  const isSecret = isSecretAt(issue.path, root);
  if (issue.code === 'invalid_key')
    return `is no name that can be used here; allowed: ${issue.issues[0]?.message ?? 'another name'}`;
  if (value === undefined) return `is missing; wanted: ${wanted(issue)}`;
  if (isSecret && typeof value === 'string' && issue.code === 'invalid_type')
    return 'found a text; secrets are not written here, only where they are kept: {"source": "env", "name": "…"}, {"source": "file", "path": "…"}, {"source": "exec", "command": ["…"]} or {"source": "keystore", "id": "…"}';
  return `found ${found(value, isSecret)}; wanted: ${wanted(issue)}`;
}

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map((value) => JSON.stringify(value)));
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string' ? 'something, not nothing' : `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(issue.options.map((o) => JSON.stringify(o)))
        : unionWords(issue);
    default:
      return issue.message;
  }
}

/** A discriminated union names its members; another one has a phrase of its own. */
function unionWords(issue: Extract<Issue, { readonly code: 'invalid_union' }>): string {
  const inner = issue.errors.flat().map((error) => wanted(error));
  return issue.message !== 'Invalid input' || inner.length === 0 ? issue.message : oneOf([...new Set(inner)]);
}

function found(value: unknown, isSecret: boolean): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list [ … ]';
  switch (typeof value) {
    case 'object':
      return 'an object { … }';
    case 'string':
      // A longer text may be a secret that went astray.
      return isSecret || value.length > 24 ? `a text of ${value.length} characters` : JSON.stringify(value);
    default:
      return String(value);
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object { … }',
  record: 'an object { … }',
  array: 'a list [ … ]',
  null: 'null',
};

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined),
    root,
  );
}
