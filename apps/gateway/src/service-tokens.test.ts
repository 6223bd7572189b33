import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectories } from './config/home.ts';
import { loadConfig, type ResolvedProfile, resolveProfile } from './config/load.ts';
import { createSecrets } from './config/secrets.ts';
import { createFileKeystore } from './keystore/file-keystore.ts';
import { forgetSecret, readServiceToken, secretNames, showServiceTokens } from './service-tokens.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'threadbridge-tokens-'));
});
afterEach(() => rm(home, { recursive: true }));

async function place(settings: object = {}): Promise<ResolvedProfile> {
  const profile = resolveProfile(await loadConfig({ environment: {}, flags: { home, settings } }));
  await makeDirectories(profile.paths);
  return profile;
}
const read = (profile: ResolvedProfile, onSecret?: (text: string) => void) => {
  const keystore = createFileKeystore(profile.paths);
  const secrets = createSecrets({ environment: { TOKEN: 'chosen' }, keystore, ...(onSecret && { onSecret }) });
  return readServiceToken('nativeApi', { ...profile, secrets, keystore });
};

describe('the token of a service', () => {
  it('is made once, shown once, and hidden in logs', async () => {
    const profile = await place({ console: { enabled: false } });
    const hidden: string[] = [];
    const token = await read(profile, (text) => hidden.push(text));
    expect(token).toMatch(/^[\w-]{43}$/);
    expect([await read(profile), hidden]).toEqual([token, [token]]);
    expect(await showServiceTokens(profile, { nowMs: 5 })).toEqual([{ service: 'nativeApi', state: 'new', token }]);
    expect(await showServiceTokens(profile)).toEqual([{ service: 'nativeApi', state: 'shown', shownAt: 5 }]);
    await createFileKeystore(profile.paths).delete('nativeApi.token');
    expect(await showServiceTokens(profile)).toEqual([{ service: 'nativeApi', state: 'new', token: await read(profile) }]);
  });

  it('is the one of the configuration where that names one, which is never shown', async () => {
    const profile = await place({ nativeApi: { token: { source: 'env', name: 'TOKEN' } }, console: { enabled: false } });
    expect(await read(profile)).toBe('chosen');
    expect(await showServiceTokens(profile)).toEqual([{ service: 'nativeApi', state: 'configured' }]);
  });

  it('is a secret of the profile; that it was shown is none, and goes with it', async () => {
    const profile = await place({ nativeApi: { enabled: true }, console: { enabled: true } });
    const keystore = createFileKeystore(profile.paths);
    await keystore.set('openai', 'sk');
    await showServiceTokens(profile);
    expect(await secretNames(keystore)).toEqual(['console.token', 'nativeApi.token', 'openai']);
    for (const id of await secretNames(keystore)) expect(await forgetSecret(id, keystore)).toBe(true);
    expect(await forgetSecret('console.token', keystore)).toBe(false);
    expect(await keystore.names()).toEqual([]);
  });

  it('is taken over from the file in which version 0.1.0 kept it', async () => {
    const profile = await place();
    const file = join(profile.paths.directory, 'native-api-token');
    await writeFile(file, 'x'.repeat(43));
    expect(await read(profile)).toBe('x'.repeat(43));
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    expect(await read(profile)).toBe('x'.repeat(43));
  });
});
