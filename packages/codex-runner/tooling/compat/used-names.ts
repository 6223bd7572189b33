import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Root } from '../../src/compat/read-schema.ts';
import type { UsedNames } from '../../src/compat/summarise.ts';
import type { MethodNames } from '../../src/compat/summary.ts';

const src = join(import.meta.dirname, '..', '..', 'src');
/** The SDK speaks for itself, and the laboratory with nobody. */
const elsewhere = /^(?:sdk|compat)[\\/]|\.gen\.ts$|\.test(?:-d)?\.ts$/;

/** Words that are handed on from `RunInput` and stand nowhere in the source. */
const fromCallers = ['untrusted', 'on-request', 'never', 'read-only', 'workspace-write', 'danger-full-access'];

/** The methods this package uses: those its generated types hold. */
export async function readUsedMethods(): Promise<MethodNames> {
  const text = await readFile(join(src, 'app-server', 'protocol.gen.ts'), 'utf8');
  const namesIn = (name: string) => {
    const body = new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1] ?? '';
    return Array.from(body.matchAll(/^ {2}"([^"]+)":/gm), ([, method = '']) => method).sort();
  };
  return {
    clientRequests: namesIn('ClientRequests'),
    serverRequests: namesIn('ServerRequests'),
    notifications: namesIn('ServerNotifications'),
  };
}

/**
 * A field or word counts as used where the source names it, in whatever sense: rather one too many. Of what is sent with a method, only the
 * declarations that name the type (or else the method) count, with those they name in turn: what is not known there is ignored without a
 * word, so that one too many would be a false alarm.
 */
export async function readUsedNames(): Promise<UsedNames> {
  const declarations: Declaration[] = [];
  const opaque = new Set<string>();
  for (const file of await readdir(src, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const text = await readFile(join(src, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/^export type (\w+) = unknown;$/gm)) opaque.add(name);
    if (!elsewhere.test(file)) declarations.push(...declarationsIn(text));
  }
  const all = new Set([...fromCallers, ...declarations.flatMap(({ names }) => [...names])]);
  const bySender = new Map<string, ReadonlySet<string>>();
  const namesOf = ({ method, type }: Root): ReadonlySet<string> => {
    const known = bySender.get(method);
    if (known !== undefined) return known;
    const makers = declarations.filter(({ names }) => names.has(type));
    const found = new Set(fromCallers);
    const taken = new Set<Declaration>();
    const take = (declaration: Declaration) => {
      if (taken.has(declaration)) return;
      taken.add(declaration);
      for (const name of declaration.names) found.add(name);
      for (const other of declarations) if (declaration.names.has(other.name) && !makesAnother(other, type)) take(other);
    };
    for (const maker of makers.length > 0 ? makers : declarations.filter(({ names }) => names.has(method))) take(maker);
    bySender.set(method, found);
    return found;
  };
  return {
    isUsed: (_type, name, sentWith) => (sentWith === undefined ? all : namesOf(sentWith)).has(name),
    isOpaque: (type) => opaque.has(type),
  };
}

interface Declaration {
  readonly name: string;
  readonly names: ReadonlySet<string>;
}

/** It makes the parameters of some other method. */
function makesAnother({ names }: Declaration, type: string): boolean {
  return [...names].some((name) => name.endsWith('Params') && name !== type);
}

/** The top level of a file, taken apart; imports name nothing that is used. */
function declarationsIn(text: string): readonly Declaration[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return code.split(/^(?=(?:export )?(?:async )?(?:function|const|let|class|interface|type)\b)/m).flatMap((part) => {
    const [, name] = /^(?:export )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/.exec(part) ?? [];
    return name === undefined ? [] : [{ name, names: namesIn(part) }];
  });
}

/** Identifiers, and the words in quotes. */
function namesIn(code: string): ReadonlySet<string> {
  return new Set([
    ...Array.from(code.matchAll(/[A-Za-z_]\w*/g), ([name]) => name),
    ...Array.from(code.matchAll(/['"]([^'"\n]+)['"]/g), ([, word = '']) => word),
  ]);
}
