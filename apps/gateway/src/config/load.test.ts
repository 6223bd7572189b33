import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from './home.ts';
import { describeProfile, type LoadOptions, loadConfig, resolveProfile } from './load.ts';
import { originText } from './origin.ts';

let home: string;
let file: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'threadbridge-load-'));
  file = join(home, 'config.json');
});
afterEach(() => rm(home, { recursive: true }));

async function load(text: string | undefined, flags: LoadOptions['flags'] = {}, environment: Environment = {}) {
  if (text !== undefined) await writeFile(file, text);
  return loadConfig({ environment: { THREADBRIDGE_HOME: home, ...environment }, flags });
}

async function refusal(...given: Parameters<typeof load>): Promise<readonly string[]> {
  const error = await load(...given).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({ code: 'config.invalid', certain: true });
  return (error as GatewayError).message.replaceAll(home, '~').split('\n');
}

const profile = (inner: string) => `{ "profiles": { "default": { ${inner} } } }`;

describe('a configuration', () => {
  it('is complete without a file: the careful defaults', async () => {
    const loaded = await load(undefined);
    expect(loaded.hasFile).toBe(false);
    expect(resolveProfile(loaded)).toMatchObject({
      name: 'default',
      settings: {
        language: 'en',
        codex: { home: 'inherit', auth: { mode: 'inherit-user' }, transport: null },
        access: { owners: [], requireMention: true },
        permissions: { defaultAccess: 'workspace', maxAccess: 'workspace', network: false },
        nativeApi: { host: '127.0.0.1', port: 8765 },
      },
      paths: { store: join(home, 'profiles', 'default', 'store.db') },
    });
  });

  it('is frozen', async () => {
    const { settings } = resolveProfile(await load(profile('"access": { "owners": ["wechat:u1"] }')));
    expect(() => Object.assign(settings.runs, { maxConcurrent: 9 })).toThrow(TypeError);
    expect(() => (settings.access.owners as string[]).push('x:y')).toThrow(TypeError);
  });

  it('takes the sample of the documentation', async () => {
    const sample = `{
      "$schema": "config.schema.json", "schemaVersion": 1, "activeProfile": "default",
      "profiles": { "default": {
        "language": "en",
        "codex": { "backend": "app-server", "bin": null, "transport": "socket", "socket": null, "home": "inherit",
          "auth": { "mode": "inherit-user" }, "model": null, "effort": null, "config": { "model_provider": "x" }, "env": ["HTTPS_PROXY"] },
        "channels": {
          "wechat": { "type": "ilink", "baseUrl": null, "cdnBaseUrl": null },
          "feishu": { "type": "feishu", "tenant": "feishu", "domain": null, "appId": "cli_a1", "appSecret": { "source": "keystore", "id": "f" },
            "replyMode": "card", "cli": { "identity": "bot-only", "configDir": null } } },
        "access": { "owners": ["wechat:USER_ID", "feishu:OPEN_ID"], "admins": [], "users": [], "chats": [], "requireMention": true },
        "permissions": { "defaultAccess": "workspace", "maxAccess": "workspace", "network": false },
        "workspaces": { "default": "/abs/path", "aliases": { "app": "/abs/other" } },
        "runs": { "quietWindowMs": 600, "maxConcurrent": 4, "idleTimeoutMs": 600000, "wallTimeoutMs": 7200000, "duringRun": "queue" },
        "approvals": { "expireMs": 1800000, "twoPersons": false, "mayAnswer": ["owner", "admin", "asker"] },
        "nativeApi": { "enabled": true, "host": "127.0.0.1", "port": 8765, "token": { "source": "env", "name": "T" }, "defaultModel": null },
        "console": { "enabled": true, "port": 8766, "token": { "source": "file", "path": "/abs/token" } },
        "taskApi": { "enabled": true, "mayApprove": false },
        "retention": { "messagesDays": 90, "attachmentsDays": 30 } } } }`;
    await expect(load(sample)).resolves.toMatchObject({ profileName: 'default', hasFile: true });
  });

  it('gives a home of its own the login of that home', async () => {
    const { settings } = resolveProfile(await load(profile('"codex": { "home": "isolated" }')));
    expect(settings.codex.auth).toEqual({ mode: 'codex-home' });
  });
});

describe('the profile that is meant', () => {
  const two = '{ "activeProfile": "home", "profiles": { "home": {}, "work": {} } }';

  it('is the flag over the variable over activeProfile', async () => {
    expect((await load(two)).profileName).toBe('home');
    expect((await load(two, {}, { THREADBRIDGE_PROFILE: 'work' })).profileName).toBe('work');
    expect((await load(two, { profile: 'home' }, { THREADBRIDGE_PROFILE: 'work' })).profileName).toBe('home');
  });

  it('has to exist', async () => {
    expect(await refusal(two, {}, { THREADBRIDGE_PROFILE: 'wrok' })).toEqual([
      '$THREADBRIDGE_PROFILE: there is no profile "wrok"; did you mean "work"? Known: home, work.',
    ]);
  });

  it('cannot leave the directory of profiles', async () => {
    expect(await refusal(two, { profile: '../../etc' })).toEqual([
      'the command line: is no name of a profile; wanted: a name of at most 32 letters, digits, - and _.',
    ]);
  });
});

describe('layers', () => {
  it('come one over the other, and each value knows its origin', async () => {
    const loaded = await load(
      '{ "profiles": { "default": {\n  "language": "zh",\n  "nativeApi": { "port": 1, "host": "127.0.0.9" } } } }',
      { settings: { language: 'en' } },
      { CODEX_NATIVE_API_PORT: '2' },
    );
    const resolved = resolveProfile(loaded);
    expect(resolved.settings).toMatchObject({ language: 'en', nativeApi: { port: 2, host: '127.0.0.9', enabled: true } });
    const lines = describeProfile(resolved).map(({ path, value, origin }) => [
      path,
      value,
      originText(origin).replace(home, '~'),
    ]);
    expect(lines).toContainEqual(['language', 'en', 'command line']);
    expect(lines).toContainEqual(['nativeApi.port', 2, '$CODEX_NATIVE_API_PORT']);
    expect(lines).toContainEqual(['nativeApi.host', '127.0.0.9', '~/config.json:3:37']);
    expect(lines).toContainEqual(['nativeApi.enabled', true, 'default']);
    expect(lines).toContainEqual(['access.owners', [], 'default']);
  });

  it('name the variable that holds a mistake', async () => {
    expect(await refusal('{}', {}, { CODEX_NATIVE_API_PORT: 'high' })).toEqual([
      '$CODEX_NATIVE_API_PORT: profiles.default.nativeApi.port: found "high"; wanted: a number.',
    ]);
  });
});

describe('mistakes', () => {
  it('are named with line, column, path, what was found and what is allowed, all at once', async () => {
    const text = `{ "profiles": { "default": {
  "language": "de",
  "codex": { "hoem": "inherit", "auth": { "mode": "x" } },
  "channels": { "a:b": { "type": "ilink" }, "f": { "type": "feishu", "appSecret": { "source": "env" } }, "s": { "type": "slack" } },
  "runs": { "maxConcurrent": 0, "idleTimeoutMs": "1m", "wallTimeoutMs": 1.5 },
  "access": { "owners": ["me"] },
  "permissions": { "defaultAccess": "full" },
  "workspaces": { "default": "app" }
} } }`;
    expect(await refusal(text)).toEqual([
      'The configuration has 12 mistakes; nothing was done.',
      '~/config.json:2:15: profiles.default.language: found "de"; wanted: "en" or "zh".',
      '~/config.json:3:14: profiles.default.codex.hoem: there is no such setting; did you mean "home"? Known here: backend, bin, transport, socket, home, auth, model, effort, config, env.',
      '~/config.json:3:51: profiles.default.codex.auth.mode: found "x"; wanted: "inherit-user", "codex-home" or "api-key".',
      '~/config.json:4:24: profiles.default.channels.a:b: is no name that can be used here; allowed: a key of at most 32 letters, digits, - and _.',
      '~/config.json:4:83: profiles.default.channels.f.appSecret.name: is missing; wanted: a text in quotes.',
      '~/config.json:4:121: profiles.default.channels.s.type: found "slack"; wanted: "ilink" or "feishu".',
      '~/config.json:5:30: profiles.default.runs.maxConcurrent: found 0; wanted: at least 1.',
      '~/config.json:5:50: profiles.default.runs.idleTimeoutMs: found "1m"; wanted: a number.',
      '~/config.json:5:73: profiles.default.runs.wallTimeoutMs: found 1.5; wanted: a whole number.',
      '~/config.json:6:26: profiles.default.access.owners[0]: found "me"; wanted: KEY:ID, the key of a channel and an id of that platform.',
      '~/config.json:7:37: profiles.default.permissions.defaultAccess: found "full"; wanted: at most permissions.maxAccess, which is "workspace".',
      '~/config.json:8:30: profiles.default.workspaces.default: found "app"; wanted: an absolute path.',
    ]);
  });

  it('are notices to a channel that is not there', async () => {
    const channel = '"channels": { "phone": { "type": "ilink" } }';
    const wanted = 'wanted: KEY:ID with the key of a channel of this profile: phone.';
    expect(await refusal(profile(`${channel}, "notices": { "to": "fone:u1" }`))).toEqual([
      expect.stringContaining(`profiles.default.notices.to: found "fone:u1"; ${wanted}`),
    ]);
    await expect(load(profile(`${channel}, "notices": { "to": "phone:u1" }`))).resolves.toBeDefined();
  });

  it('are found in a profile that is not the one meant', async () => {
    expect(await refusal('{ "profiles": { "default": {}, "work": { "language": 1 } } }')).toEqual([
      '~/config.json:1:54: profiles.work.language: found 1; wanted: "en" or "zh".',
    ]);
  });

  it.each([
    [
      '"home": "inherit", "auth": { "mode": "codex-home" }',
      /"inherit-user" with codex.home "inherit", or a home of its own for this login/,
    ],
    [
      '"auth": { "mode": "api-key", "apiKey": { "source": "env", "name": "K" } }',
      /set codex.home to "isolated" or an absolute path/,
    ],
    [
      '"home": "isolated", "auth": { "mode": "inherit-user" }',
      /"codex-home" or "api-key" with this codex.home, or set codex.home to "inherit"/,
    ],
    ['"home": "/srv/codex", "auth": { "mode": "inherit-user" }', /"codex-home" or "api-key"/],
  ])('tell which home goes with which login: %s', async (codex, remedy) => {
    const [line] = await refusal(profile(`"codex": { ${codex} }`));
    expect(line).toContain('profiles.default.codex.auth.mode: found');
    expect(line).toMatch(remedy);
  });

  it.each([
    ['"home": "isolated", "auth": { "mode": "codex-home" }'],
    ['"home": "/srv/codex", "auth": { "mode": "api-key", "apiKey": { "source": "env", "name": "K" } }'],
  ])('are not seen in a legal pair: %s', async (codex) => {
    await expect(load(profile(`"codex": { ${codex} }`))).resolves.toBeDefined();
  });

  it('never show a secret that was written where a reference belongs', async () => {
    const secret = 'sk-proj-A1b2C3d4E5f6G7h8';
    const lines = await refusal(
      profile(
        `"nativeApi": { "token": "${secret}" }, "console": { "token": { "source": "${secret}" } }, "codex": { "bin": "${secret}${secret}" }`,
      ),
    );
    expect(lines).toHaveLength(4);
    expect(lines.join('\n')).not.toContain('sk-proj');
    expect(lines.join('\n')).toContain('nativeApi.token: found a text; secrets are not written here');
  });

  it('name a file that was asked for and is not there', async () => {
    expect(await refusal(undefined, { config: join(home, 'other.json') })).toEqual([
      '~/other.json: the configuration file does not exist.',
    ]);
  });

  it('name the place where JSON breaks', async () => {
    expect(await refusal('{\n  "profiles": {\n')).toEqual(['~/config.json:3:1: broken JSON: a closing } is missing.']);
  });
});
