import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecrets, type SecretsOptions } from './secrets.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-secrets-'));
});
afterEach(() => rm(directory, { recursive: true }));

const setting = 'nativeApi.token';
const secrets = (options: Partial<SecretsOptions> = {}) =>
  createSecrets({ environment: { PATH: process.env.PATH, TOKEN: 'abc' }, ...options });
const script = (code: string) => ({ source: 'exec' as const, command: [process.execPath, '-e', code] });

async function secretFile(text: string, mode = 0o600) {
  const path = join(directory, 'token');
  await writeFile(path, text);
  await chmod(path, mode);
  return { source: 'file' as const, path };
}

describe('a secret', () => {
  it('does not print', async () => {
    const secret = await secrets().read({ source: 'env', name: 'TOKEN' }, setting);
    expect(secret.reveal()).toBe('abc');
    expect([`${secret}`, JSON.stringify({ secret }), inspect({ secret }), Object.keys(secret)]).toEqual([
      '[secret]',
      '{"secret":"[secret]"}',
      '{ secret: [secret] }',
      [],
    ]);
  });

  it('is told to whoever hides it in logs', async () => {
    const told: string[] = [];
    await secrets({ onSecret: (text) => told.push(text) }).read({ source: 'env', name: 'TOKEN' }, setting);
    expect(told).toEqual(['abc']);
  });
});

describe('from a file', () => {
  it('leaves out the newline at the end', async () => {
    expect((await secrets().read(await secretFile('s3cret\r\n'), setting)).reveal()).toBe('s3cret');
  });

  it.skipIf(process.platform === 'win32')('is refused where others can read it, with the remedy', async () => {
    await expect(secrets().read(await secretFile('s3cret', 0o640), setting)).rejects.toMatchObject({
      code: 'config.unsafe',
      message: expect.stringContaining('nativeApi.token was not used: others can read'),
      remedy: `Take their rights away: chmod 600 ${join(directory, 'token')}`,
    });
  });

  it.each([
    ['is empty', async () => secretFile('\n'), /token is empty/],
    ['does not exist', async () => ({ source: 'file' as const, path: join(directory, 'none') }), /cannot be opened/],
    ['is a directory', async () => ({ source: 'file' as const, path: directory }), /is not a file/],
    ['is no secret by its size', async () => secretFile('x'.repeat(70_000)), /too large/],
  ])('is missing where it %s', async (_, make, words) => {
    await expect(secrets().read(await make(), setting)).rejects.toMatchObject({
      code: 'config.secret_missing',
      message: expect.stringMatching(words),
    });
  });
});

describe('from a program', () => {
  it('is what it prints; no shell looks at the arguments', async () => {
    const reference = {
      source: 'exec' as const,
      command: [process.execPath, '-e', 'process.stdout.write(process.argv[1] + "\\n")', '$HOME `id`'],
    };
    expect((await secrets().read(reference, setting)).reveal()).toBe('$HOME `id`');
  });

  it('is made without the variables of the gateway', async () => {
    const code = 'process.stdout.write(Object.keys(process.env).filter((name) => name === "TOKEN").join() || "none")';
    expect((await secrets().read(script(code), setting)).reveal()).toBe('none');
  });

  it.each([
    ['fails', script('console.log("s3cret"); process.exit(3)'), {}, 'exited with 3'],
    [
      'prints too much',
      script('process.stdout.write("x".repeat(100_000)); setInterval(() => {}, 1000)'),
      {},
      'printed more than 65536 bytes',
    ],
    ['never ends', script('setInterval(() => {}, 1000)'), { execTimeoutMs: 200 }, 'printed nothing useful for 200 ms'],
    ['does not exist', { source: 'exec' as const, command: ['/no/such/program'] }, {}, 'could not be started (ENOENT)'],
    ['prints nothing', script(''), {}, 'is empty'],
  ])('is missing where the program %s', async (_, reference, options, words) => {
    const error = await secrets(options)
      .read(reference, setting)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'config.secret_missing', message: expect.stringContaining(words) });
    expect(String(error)).not.toContain('s3cret');
  });
});

describe('from a key store', () => {
  const reference = { source: 'keystore' as const, id: 'feishu' };

  it('is refused where there is none, with the remedy', async () => {
    await expect(secrets().read(reference, setting)).rejects.toMatchObject({
      code: 'config.secret_missing',
      message: expect.stringContaining('no key store'),
      remedy: 'Use a reference of source env, file or exec.',
    });
  });

  it('is what the store has under the id', async () => {
    const keystore = { get: async (id: string) => (id === 'feishu' ? 'app-secret' : undefined) };
    expect((await secrets({ keystore }).read(reference, setting)).reveal()).toBe('app-secret');
    await expect(secrets({ keystore }).read({ ...reference, id: 'x' }, setting)).rejects.toMatchObject({
      code: 'config.secret_missing',
    });
  });
});

it('is missing where its variable is not set', async () => {
  await expect(secrets().read({ source: 'env', name: 'NONE' }, setting)).rejects.toMatchObject({
    message: 'The secret for nativeApi.token could not be read: $NONE is not set.',
  });
});
