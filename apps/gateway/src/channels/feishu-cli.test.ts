import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectCli } from './feishu-cli.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-feishu-cli-'));
});
afterEach(() => rm(directory, { recursive: true }));

const app = { appId: 'cli_a1b2c3d4e5f60718', appSecret: 'hush-hush', tenant: 'feishu' } as const;
const config = async () => JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'));

describe('FS-10: the directory of the Feishu command line', () => {
  it('lets it act as the bot and nobody else; the secret is in no variable, and in a file for its owner alone', async () => {
    const { variables, identity } = await projectCli(app, 'bot-only', directory);
    expect(identity).toMatch(/^bot-only:[0-9a-f]{16}$/);
    expect(Object.keys(variables).every((name) => name.startsWith('LARKSUITE_CLI_'))).toBe(true);
    expect(variables.LARKSUITE_CLI_CONFIG_DIR).toBe(directory);
    expect(JSON.stringify([variables, identity, await config()])).not.toContain('hush');
    expect(await config()).toMatchObject({
      strictMode: 'bot',
      currentApp: app.appId,
      apps: [
        { appId: app.appId, brand: 'feishu', defaultAs: 'bot', strictMode: 'bot', users: [], appSecret: { source: 'file' } },
      ],
    });
    const secret = (await config()).apps[0].appSecret.id;
    expect(await readFile(secret, 'utf8')).toBe('hush-hush');
    expect((await stat(secret)).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it('keeps who logged in there, and other apps, and takes a new secret', async () => {
    await projectCli(app, 'user-default', directory);
    const before = await config();
    const users = [{ userOpenId: 'ou_owner', userName: 'Olga' }];
    const other = { appId: 'cli_other', users: [] };
    await writeFile(join(directory, 'config.json'), JSON.stringify({ ...before, apps: [other, { ...before.apps[0], users }] }));
    await projectCli({ ...app, appSecret: 'newer' }, 'user-default', directory);
    expect(await config()).toMatchObject({ strictMode: 'off', apps: [{ appId: app.appId, defaultAs: 'user', users }, other] });
    expect(await readFile((await config()).apps[0].appSecret.id, 'utf8')).toBe('newer');
  });

  it('is another identity for another app, place or preset, and the same for the same', async () => {
    const identities = [
      await projectCli(app, 'bot-only', directory),
      await projectCli(app, 'user-default', directory),
      await projectCli({ ...app, appId: 'cli_other' }, 'bot-only', directory),
    ].map((one) => one.identity);
    expect(new Set(identities).size).toBe(3);
    expect((await projectCli(app, 'bot-only', directory)).identity).toBe(identities[0]);
  });

  it('does not write over what it does not understand', async () => {
    await writeFile(join(directory, 'config.json'), 'notes');
    await expect(projectCli(app, 'bot-only', directory)).rejects.toMatchObject({ code: 'config.invalid' });
    expect(await readFile(join(directory, 'config.json'), 'utf8')).toBe('notes');
  });

  it.skipIf(!existsSync('/dev/full'))('says which file the disk did not take, and what to do', async () => {
    await symlink('/dev/full', join(directory, 'app-secret.new'));
    await expect(projectCli(app, 'bot-only', directory)).rejects.toMatchObject({
      code: 'store.unwritable',
      certain: true,
      message: `${join(directory, 'app-secret')} could not be written: the disk said ENOSPC.`,
      remedy: expect.stringContaining('the disk is not full'),
    });
  });
});
