import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { consume } from './consume.ts';
import { foreignIn } from './foreign.ts';
import { judgePack } from './judge-pack.ts';
import { fetchNodeLines, linesWithin } from './node-lines.ts';
import { packAll } from './packs.ts';
import { startRegistry } from './registry.ts';
import { tryAsNewUser } from './trial/try-as-new-user.ts';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'release-check-'));
const mistakes: string[] = [];
const say = (text: string) => process.stdout.write(`${text}\n`);

try {
  const nodes = await fetchNodeLines(join(root, 'node_modules', '.cache', 'release-check'));
  const packs = await packAll(root, directory);
  const manifests = packs.map((pack) => pack.manifest);
  await using registry = await startRegistry(packs, directory);
  const place = {
    ...{ directory, registry: registry.url, nodes },
    tsc: join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc'),
    typeRoots: join(import.meta.dirname, 'node_modules', '@types'),
  };
  say(
    `${'package'.padEnd(30)} ${'version'.padEnd(8)} ${'tarball'.padStart(9)} ${'packages'.padStart(9)} ${'installed'.padStart(10)}  Node`,
  );
  for (const pack of packs) {
    const { name, version } = pack.manifest;
    mistakes.push(...(await judgePack(pack)).map((text) => `${name}: ${text}`));
    try {
      const { installed, installedBytes, nodes: tried } = await consume(pack, place);
      mistakes.push(...foreignIn(pack.manifest, installed, manifests).map((other) => `${name}: brings ${other} along`));
      const sizes = [
        kilo(pack.tarballBytes).padStart(9),
        String(installed.length).padStart(9),
        kilo(installedBytes).padStart(10),
      ];
      say(`${name.padEnd(30)} ${version.padEnd(8)} ${sizes.join(' ')}  ${tried.join(' ')}`);
    } catch (error) {
      mistakes.push(`${name}: ${String(error)}`);
    }
  }
  const command = packs.find((pack) => pack.manifest.bin?.threadbridge !== undefined);
  if (command === undefined) mistakes.push('No package brings the command `threadbridge`.');
  else {
    for (const node of linesWithin(command.manifest.engines.node, nodes))
      mistakes.push(...(await tryAsNewUser({ directory, registry: registry.url, node, say })));
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
for (const mistake of mistakes) say(`✗ ${mistake}`);
say(mistakes.length === 0 ? 'All packages are fit to publish.' : `${mistakes.length} found.`);
process.exitCode = mistakes.length === 0 ? 0 : 1;

function kilo(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString('en')} kB`;
}
