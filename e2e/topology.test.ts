import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Record<string, unknown>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

interface House {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: readonly { readonly file: string; readonly imports: readonly string[] }[];
}

const root = join(import.meta.dirname, '..');
const houses = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => read(`${group}/${name}`)));

/** Who may import whom, beside what is published elsewhere. A package that is not named here knows the contract and nobody else. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  '@threadbridge/contract': [],
  '@threadbridge/core': ['@threadbridge/contract'],
  '@threadbridge/store': ['@threadbridge/contract', '@threadbridge/core'],
  '@threadbridge/testkit': [],
  '@threadbridge/gateway': houses
    .map((house) => house.manifest.name)
    .filter((name) => name !== 'threadbridge' && name !== '@threadbridge/testkit'),
  threadbridge: houses.map((house) => house.manifest.name),
};

/** Heavy or delicate things that one package owns. */
const owners: Readonly<Record<string, string>> = {
  '@openai/codex': '@threadbridge/codex-runner',
  '@larksuiteoapi/node-sdk': '@threadbridge/feishu-channel',
  'better-sqlite3': '@threadbridge/store',
  'drizzle-orm': '@threadbridge/store',
};

function read(folder: string): House {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const files = readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.ts') || file.endsWith('.tsx'))
    .map((file) => ({ file, imports: importsOf(readFileSync(join(root, folder, 'src', file), 'utf8')) }));
  return { folder, manifest, sources };
}

function importsOf(source: string): readonly string[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"\n]*?(?:\{[^}]*\}[^'"\n]*?)?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  );
  return Array.from(found, (match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const ours = new Set(houses.map((house) => house.manifest.name));
const isTest = (file: string) => /\.test(-d)?\.tsx?$/.test(file);

describe.each(houses)('$folder', ({ folder, manifest, sources }) => {
  const mayImport = allowed[manifest.name] ?? ['@threadbridge/contract'];

  it('imports only whom it may, in its manifest and in its code', () => {
    const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) => ours.has(name));
    expect(named.filter((name) => !mayImport.includes(name))).toEqual([]);
    const used = sources
      .filter(({ file }) => !isTest(file))
      .flatMap(({ file, imports }) => imports.map((specifier) => ({ file, name: packageOf(specifier) })))
      .filter(({ name }) => ours.has(name) && name !== manifest.name && !mayImport.includes(name));
    expect(used).toEqual([]);
  });

  it('leaves other packages’ own things alone', () => {
    const used = sources.flatMap(({ file, imports }) => imports.map((specifier) => ({ file, name: packageOf(specifier) })));
    const foreign = used.filter(
      ({ file, name }) => !isTest(file) && owners[name] !== undefined && owners[name] !== manifest.name,
    );
    expect(foreign).toEqual([]);
  });

  it('reaches into no other package past its export map', () => {
    const deep = sources.flatMap(({ file, imports }) =>
      imports
        .filter((specifier) => ours.has(packageOf(specifier)) && packageOf(specifier) !== manifest.name)
        .filter((specifier) => !hasExport(packageOf(specifier), `.${specifier.slice(packageOf(specifier).length)}`))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(deep).toEqual([]);
    const outside = sources.flatMap(({ file, imports }) =>
      imports.filter(
        (specifier) =>
          specifier.startsWith('.') && !join(root, folder, 'src', file, '..', specifier).startsWith(join(root, folder)),
      ),
    );
    expect(outside).toEqual([]);
  });

  it('exports its manifest, and types before code', () => {
    expect(manifest.exports?.['./package.json']).toBe('./package.json');
    for (const [path, target] of Object.entries(manifest.exports ?? {})) {
      if (typeof target === 'string') continue;
      expect(Object.keys(target as object), path).toEqual(['types', 'default']);
    }
  });
});

it('core touches of Node only what is deterministic', () => {
  const core = houses.find((house) => house.manifest.name === '@threadbridge/core');
  const used = (core?.sources ?? [])
    .filter(({ file }) => !isTest(file) && !file.startsWith('testing'))
    .flatMap(({ imports }) => imports);
  expect(used.filter((specifier) => specifier.startsWith('node:') && specifier !== 'node:crypto')).toEqual([]);
});

it('decisions import no engine and no port, so that they stay pure', () => {
  const core = houses.find((house) => house.manifest.name === '@threadbridge/core');
  const pure = (core?.sources ?? []).filter(
    ({ file }) => /^(decide|commands|policy|prompt|texts)[\\/]/.test(file) && !isTest(file),
  );
  expect(pure.length).toBeGreaterThan(20);
  expect(
    pure.flatMap(({ file, imports }) =>
      imports.filter((one) => /engine|ports|gateway/.test(one)).map((one) => `${file}: ${one}`),
    ),
  ).toEqual([]);
});

it('nothing imports an app but the command, and nothing at all the command', () => {
  const users = houses.filter((house) => Object.keys(house.manifest.dependencies ?? {}).includes('@threadbridge/gateway'));
  expect(users.map((house) => house.manifest.name)).toEqual(['threadbridge']);
  expect(houses.filter((house) => Object.keys(house.manifest.dependencies ?? {}).includes('threadbridge'))).toEqual([]);
});

function hasExport(name: string, path: string): boolean {
  return houses.find((house) => house.manifest.name === name)?.manifest.exports?.[path] !== undefined;
}
