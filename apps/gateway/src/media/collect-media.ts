import { lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Removes kept files that nobody touched since `before` (epoch ms), and the directories of their hashes. Follows no link. Answers how many. */
export async function collectMedia(media: string, before: number): Promise<number> {
  let count = 0;
  for (const entry of await readdir(media, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mtimeMs } = await lstat(path);
    if (mtimeMs >= before) continue;
    await unlink(path);
    count += 1;
    if (/^[0-9a-f]{64}$/.test(entry.parentPath.slice(dirname(entry.parentPath).length + 1))) {
      // Another file of the same content may still be there, or have just come.
      await rmdir(entry.parentPath).catch(() => {});
    }
  }
  return count;
}
