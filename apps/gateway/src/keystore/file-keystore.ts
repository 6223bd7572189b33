import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import type { ProfilePaths } from '../config/home.ts';
import type { Keystore } from '../config/secrets.ts';
import { readIfThere, readKey, readOrMakeKey } from '../key-file.ts';
import { onDisk } from '../on-disk.ts';
import { type Entries, seal, unseal } from './seal.ts';

/** A key store that can be written. */
export interface WritableKeystore extends Keystore {
  /** Durable when it resolves. */
  set(id: string, secret: string): Promise<void>;
  /** Names of all entries, sorted. */
  names(): Promise<readonly string[]>;
  /** Whether there was such an entry. */
  delete(id: string): Promise<boolean>;
}

/**
 * Secrets by name in one encrypted file, with its key in a file beside it: that protects copies of the one without the other, and nothing
 * else. Makes nothing before the first `set`. One process writes at a time: of two that write at the
 * same moment the later one wins.
 */
export function createFileKeystore({ keystore: path, keystoreKey: keyPath }: Pick<ProfilePaths, 'keystore' | 'keystoreKey'>) {
  const remedy = `Put the right ${keyPath} back, or remove ${path} and ${keyPath} and log in again: nothing else reads them.`;
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Entries> {
    const sealed = await readIfThere(path);
    if (sealed === undefined) return {};
    const key = await readKey(keyPath, remedy);
    if (key === undefined) throw unreadable(`its key ${keyPath} is not there`);
    try {
      return unseal(sealed, key);
    } catch (cause) {
      throw unreadable('it is damaged, or was written with another key', cause);
    }
  }

  async function write(entries: Entries): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const key = await readOrMakeKey(keyPath, remedy);
    await onDisk(path, () => replace(path, seal(entries, key)));
  }

  function unreadable(why: string, cause?: unknown): GatewayError {
    return new GatewayError('config.secret_missing', `The key store ${path} cannot be read: ${why}.`, {
      remedy,
      certain: true,
      cause,
    });
  }

  /** Changes follow one another, each on what the one before left. */
  function inLine<T>(change: () => Promise<T>): Promise<T> {
    const done = last.then(change);
    last = done.catch(() => {});
    return done;
  }

  const keystore: WritableKeystore = {
    get: (id) => inLine(async () => ownEntry(await read(), id)),
    set: (id, secret) => inLine(async () => write({ ...(await read()), [id]: secret })),
    names: () => inLine(async () => Object.keys(await read()).sort()),
    delete: (id) =>
      inLine(async () => {
        const { [id]: gone, ...rest } = await read();
        if (gone !== undefined) await write(rest);
        return gone !== undefined;
      }),
  };
  return keystore;
}

function ownEntry(entries: Entries, id: string): string | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

/** Whole or not at all, also when the power fails. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // Windows cannot open directories.
  if (process.platform === 'win32') return;
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
