import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileKeystore, type WritableKeystore } from './file-keystore.ts';
import { createKeyringKeystore } from './keyring-keystore.ts';

let directory: string;
let file: WritableKeystore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-keyring-'));
  file = createFileKeystore({ keystore: join(directory, 'secrets'), keystoreKey: join(directory, 'key') });
});
afterEach(() => rm(directory, { recursive: true }));

/** A keyring as the system has one. */
function createKeyring() {
  const kept = new Map<string, string>();
  class Entry {
    readonly #name: string;
    readonly #account: string;
    constructor(service: string, account: string) {
      this.#account = account;
      this.#name = `${service}/${account}`;
    }
    getPassword = () => kept.get(this.#name) ?? null;
    setPassword = (secret: string) => void kept.set(this.#name, secret);
    deletePassword = () => kept.delete(this.#name);
    toString = () => this.#account;
  }
  const findCredentials = (service: string) =>
    Array.from(kept)
      .filter(([name]) => name.startsWith(`${service}/`))
      .map(([name, password]) => ({ account: name.slice(service.length + 1), password }));
  return { kept, load: () => ({ Entry, findCredentials }) };
}

it('keeps secrets in the keyring, apart from those of other profiles', async () => {
  const { load, kept } = createKeyring();
  const keystore = createKeyringKeystore({ directory }, file, { load });
  await keystore.set('a', 'secret-a');
  expect(await keystore.get('a')).toBe('secret-a');
  expect(await file.names()).toEqual([]);
  expect(await createKeyringKeystore({ directory: '/elsewhere' }, file, { load }).get('a')).toBeUndefined();
  expect([await keystore.delete('a'), await keystore.delete('a'), kept.size]).toEqual([true, false, 0]);
});

it('still reads what the file kept, and moves it when it is set anew', async () => {
  const keystore = createKeyringKeystore({ directory }, file, createKeyring());
  await file.set('old', 'from the file');
  expect(await keystore.get('old')).toBe('from the file');
  await keystore.set('old', 'new');
  expect([await keystore.get('old'), await file.get('old'), await keystore.names()]).toEqual(['new', undefined, ['old']]);
});

it('says what to do where there is no keyring', async () => {
  const load = () => {
    throw new Error("Couldn't access platform storage: AccessDenied");
  };
  const keystore = createKeyringKeystore({ directory }, file, { load });
  await expect(keystore.set('a', 'secret-a')).rejects.toMatchObject({
    code: 'config.secret_missing',
    message: expect.stringContaining('could not keep a: Couldn'),
    remedy: expect.stringContaining('"file"'),
  });
});

it('loads the real one, which answers or refuses in words', async () => {
  const keystore = createKeyringKeystore({ directory }, file);
  const outcome = await keystore.get('threadbridge-test').catch((error: unknown) => error);
  if (outcome !== undefined) expect(outcome).toMatchObject({ code: 'config.secret_missing' });
});
