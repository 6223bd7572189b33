import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesWithin, type NodeLine } from './node-lines.ts';
import type { Manifest, Pack } from './packs.ts';
import { run } from './run.ts';

/** What an empty project got that asked for one package. */
export interface Consumed {
  /** Names of everything that was installed, the package itself included. */
  readonly installed: readonly string[];
  readonly installedBytes: number;
  readonly nodes: readonly string[];
}

export interface ConsumeOptions {
  readonly directory: string;
  readonly registry: string;
  readonly nodes: readonly NodeLine[];
  /** TypeScript's entry. */
  readonly tsc: string;
  /** Where `@types/node` is. */
  readonly typeRoots: string;
}

/** Installs the package into an empty project, imports all its exports on every Node it promises, and type-checks a user of it. */
export async function consume({ manifest }: Pack, options: ConsumeOptions): Promise<Consumed> {
  const { registry, tsc, typeRoots } = options;
  const nodes = linesWithin(manifest.engines.node, options.nodes);
  const oldest = nodes[0];
  if (oldest === undefined) throw new Error(`${manifest.name} runs on no Node that is here: ${manifest.engines.node}`);
  const cwd = join(options.directory, manifest.name.replace('/', '+'));
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }\n');
  const wanted = `${manifest.name}@${manifest.version}`;
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--registry', registry];
  await run('npm', ['install', ...flags, wanted], { cwd, node: oldest.path });
  const installed = namesIn(join(cwd, 'node_modules'));
  const installedBytes = bytesOf(join(cwd, 'node_modules'));

  // Suites on `/testing` are for those who have vitest.
  const peers = Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) => `${name}@${range}`);
  if (peers.length > 0) await run('npm', ['install', ...flags, ...peers], { cwd, node: oldest.path });
  const paths = codePaths(manifest).filter((path) => !path.endsWith('/testing'));
  writeFileSync(join(cwd, 'use.mjs'), paths.map((path, at) => `import * as m${at} from '${path}';\n`).join('') + shows(paths));
  for (const node of nodes) await run(node.path, ['use.mjs'], { cwd, node: node.path });

  writeFileSync(
    join(cwd, 'use.ts'),
    codePaths(manifest)
      .map((path, at) => `export * as m${at} from '${path}';\n`)
      .join(''),
  );
  for (const [module, moduleResolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ]) {
    const compilerOptions = { module, moduleResolution, target: 'es2023', strict: true, noEmit: true, typeRoots: [typeRoots] };
    const lib = ['es2024', 'esnext.disposable', 'dom'];
    const config = { compilerOptions: { ...compilerOptions, types: ['node'], lib, skipLibCheck: true }, files: ['use.ts'] };
    writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify(config));
    await run(process.execPath, [tsc, '-p', 'tsconfig.json'], { cwd });
  }
  return { installed, installedBytes, nodes: nodes.map((node) => node.version) };
}

function codePaths({ name, exports }: Manifest): readonly string[] {
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([path]) => `${name}${path.slice(1)}`);
}

function shows(paths: readonly string[]): string {
  const modules = paths.map((_, at) => `m${at}`).join(', ');
  return `for (const one of [${modules}]) if (Object.keys(one).length === 0) throw new Error('an entry exports nothing');\n`;
}

function namesIn(modules: string): readonly string[] {
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as { readonly packages: object };
  return Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

function bytesOf(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
