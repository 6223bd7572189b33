import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDataUrl } from '../convert/from-run-input.ts';
import { rejected } from '../errors.ts';

export interface ImageFiles extends AsyncDisposable {
  readonly paths: readonly string[];
}

/** Pictures as files, which is all the SDK takes: those given as data are written to a folder that only this user can read, until disposed. */
export async function toImageFiles(images: readonly string[]): Promise<ImageFiles> {
  if (!images.some(isDataUrl)) return { paths: images, async [Symbol.asyncDispose]() {} };
  const folder = await mkdtemp(join(tmpdir(), 'threadbridge-images-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const paths = await Promise.all(images.map((image, at) => (isDataUrl(image) ? write(image, join(folder, `${at}`)) : image)));
    return { paths, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function write(image: string, stem: string): Promise<string> {
  const [, type, data] = /^data:image\/([a-z]+);base64,(.+)$/is.exec(image) ?? [];
  if (type === undefined || data === undefined) {
    throw rejected('An image is no base64 `data:` URL of a picture.', 'Give it as `data:image/png;base64,…`, or as a path.');
  }
  const path = `${stem}.${type}`;
  await writeFile(path, Buffer.from(data, 'base64'), { mode: 0o600 });
  return path;
}
