import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly engines: { readonly node: string };
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package as it would be published. */
export interface Pack {
  /** As it stands in the tarball: siblings and the catalogue are versions there. */
  readonly manifest: Manifest;
  readonly tarball: string;
  readonly tarballBytes: number;
}

/** Packs every public package of the repository into `directory`. */
export async function packAll(root: string, directory: string): Promise<readonly Pack[]> {
  const folders = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
  const packs: Pack[] = [];
  for (const folder of folders) {
    const source = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    if (source.private === true) continue;
    const said = await run('pnpm', ['pack', '--json', '--pack-destination', directory], { cwd: folder });
    const { filename } = JSON.parse(said.slice(said.indexOf('{'))) as { readonly filename: string };
    const tarball = join(directory, filename.split(/[\\/]/).at(-1) ?? filename);
    const manifest = JSON.parse(await run('tar', ['-xzOf', tarball, 'package/package.json'], { cwd: directory })) as Manifest;
    packs.push({ manifest, tarball, tarballBytes: statSync(tarball).size });
  }
  return packs;
}
