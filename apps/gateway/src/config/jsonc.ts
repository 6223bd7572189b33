import { findNodeAtLocation, type JSONPath, type Node, type ParseError, type ParseErrorCode, parseTree } from 'jsonc-parser';
import type { Mistake } from './mistake.ts';

/** A place in a text, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A JSON text with comments that was read. */
export interface JsoncDocument {
  readonly value: unknown;
  /** Where the value at `path` stands, or (with `key`) where that key of it stands; the nearest surrounding one where there is none. */
  locate(path: readonly PropertyKey[], key?: string): Position;
}

/** Reads JSON with comments and trailing commas. Answers with mistakes where it cannot be read whole. */
export function parseJsonc(text: string): JsoncDocument | { readonly mistakes: readonly Mistake[] } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (root === undefined || errors.length > 0) {
    // What follows the first error is often its echo.
    const { offset, error } = errors[0] ?? { offset: 0, error: 4 as ParseErrorCode };
    return { mistakes: [{ position: positionOf(text, offset), path: [], text: `broken JSON: ${wordsFor(error)}` }] };
  }
  if (root.type !== 'object') {
    return {
      mistakes: [{ position: positionOf(text, root.offset), path: [], text: 'found no object; wanted: an object { … }' }],
    };
  }
  const mistakes: Mistake[] = [];
  const value = toValue(root, [], (path, node) =>
    mistakes.push({
      position: positionOf(text, node.offset),
      path,
      text: path.at(-1) === '__proto__' ? 'there is no such setting' : 'is written twice; keep one',
    }),
  );
  if (mistakes.length > 0) return { mistakes };
  return {
    value,
    locate(path, key) {
      for (let length = path.length; length >= 0; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length) as JSONPath);
        if (node === undefined) continue;
        const property = length === path.length ? node.children?.find((child) => child.children?.[0]?.value === key) : undefined;
        return positionOf(text, (key === undefined ? node : (property ?? node)).offset);
      }
      return { line: 1, column: 1 };
    },
  };
}

/** The value of a node; told apart from the parser's own, keys that stand twice and the prototype's key are reported. */
function toValue(node: Node, path: readonly PropertyKey[], report: (path: readonly PropertyKey[], node: Node) => void): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child, index) => toValue(child, [...path, index], report));
  if (node.type !== 'object') return node.value as unknown;
  const value: Record<string, unknown> = {};
  for (const property of node.children ?? []) {
    const [key, inner] = property.children ?? [];
    if (key === undefined || inner === undefined) continue;
    const name = String(key.value);
    if (name === '__proto__' || Object.hasOwn(value, name)) report([...path, name], key);
    else value[name] = toValue(inner, [...path, name], report);
  }
  return value;
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The parser's codes; its enum has no values at run time under isolated modules. */
const parserWords: Readonly<Record<number, string>> = {
  1: 'this is no value; texts need double quotes',
  2: 'this is no number',
  3: 'a name in double quotes is wanted here',
  4: 'a value is missing here',
  5: 'a colon is missing before this',
  6: 'a comma is missing before this',
  7: 'a closing } is missing',
  8: 'a closing ] is missing',
  9: 'nothing may follow the end',
  11: 'a comment has no end',
  12: 'a text has no end',
  13: 'a number has no end',
  14: 'a \\u needs four hexadecimal digits',
  15: 'this escape is not known',
  16: 'this character has to be escaped',
};

function wordsFor(code: ParseErrorCode): string {
  return parserWords[code] ?? 'this cannot be read';
}
