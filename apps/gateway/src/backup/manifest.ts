import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';

/** The parts of a backup by their place in it. */
export const parts = {
  manifest: 'manifest.json',
  config: 'config.json',
  store: 'store.db',
  nativeApiStore: 'native-api.db',
  media: 'media',
  secrets: 'secrets.sealed.json',
} as const;

/** Of the form of backups; a later one is refused. */
const form = 1;

const fileSchema = z.object({
  path: z.string().refine(isPart),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export const manifestSchema = z.object({
  form: z.literal(form),
  /** The version of the program. */
  program: z.string(),
  profile: z.string(),
  /** Epoch ms. */
  takenAt: z.int(),
  files: z.array(fileSchema),
});

/** What a backup says of itself. */
export type Manifest = z.output<typeof manifestSchema>;

/** What is known of a backup of any form. */
export const anyFormSchema = z.object({ form: z.int(), program: z.string() });

/** Whether a backup may hold a file at this path: nothing outside of it, nothing unexpected. */
export function isPart(path: string): boolean {
  const names = path.split('/');
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\\\0]/.test(name));
  const { manifest, config, store, nativeApiStore, secrets, media } = parts;
  const isTop = names.length === 1 && [manifest, config, store, nativeApiStore, secrets].some((part) => part === path);
  return isPlain && (isTop || (names.length > 1 && names[0] === media));
}

/** Every file of a backup that lies unpacked in a directory, but for what tells of them. */
export async function describeFiles(directory: string): Promise<Manifest['files']> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== parts.manifest)
    .sort();
  const files: Manifest['files'] = [];
  for (const path of paths) {
    const file = join(directory, path);
    files.push({ path, sizeBytes: (await stat(file)).size, sha256: await hashOf(file) });
  }
  return files;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

export function newManifest(of: Omit<Manifest, 'form'>): Manifest {
  return { form, ...of };
}
