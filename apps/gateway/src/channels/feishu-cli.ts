import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import type { Projection } from '@threadbridge/core';
import type { FeishuCredentials } from '@threadbridge/feishu-channel';
import * as z from 'zod';
import { onDisk } from '../on-disk.ts';

/** What the command line keeps in `config.json`, as far as it is ours to change; its source is `internal/core/config.go` of larksuite/cli. */
const configSchema = z.looseObject({ apps: z.array(z.looseObject({ appId: z.string() })).default([]) });
type Config = z.output<typeof configSchema>;

/**
 * Prepares a directory of the Feishu command line for an app, and answers with the variables that lead a command there. `bot-only` lets it
 * act as the bot and as nobody else; with `user-default` it acts as whoever logs in there. What such a login stored is kept. The secret lies
 * in a file of its own that only this user reads. Rejects with `store.unwritable` or `config.invalid`.
 */
export async function projectCli(
  app: FeishuCredentials,
  identity: 'bot-only' | 'user-default',
  directory: string,
): Promise<Projection> {
  const [config, secret, data, logs] = ['config.json', 'app-secret', 'data', 'logs'].map((name) => join(directory, name)) as [
    ...[string, string, string, string],
  ];
  for (const path of [directory, data, logs]) {
    await onDisk(path, async () => {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await chmod(path, 0o700);
    });
  }
  await replace(secret, app.appSecret);
  await replace(config, `${JSON.stringify(withApp(await readConfig(config), app, identity, secret), null, 2)}\n`);
  const made = JSON.stringify([identity, app.appId, app.tenant, directory]);
  return {
    identity: `${identity}:${createHash('sha256').update(made).digest('hex').slice(0, 16)}`,
    variables: {
      LARKSUITE_CLI_CONFIG_DIR: directory,
      LARKSUITE_CLI_DATA_DIR: data,
      LARKSUITE_CLI_LOG_DIR: logs,
      LARKSUITE_CLI_NO_UPDATE_NOTIFIER: '1',
    },
  };
}

/** The configuration with this app in use, and everything else in it as it was. Pure. */
function withApp(config: Config, app: FeishuCredentials, identity: 'bot-only' | 'user-default', secret: string): Config {
  const isBot = identity === 'bot-only';
  const strictMode = isBot ? 'bot' : 'off';
  const ours = {
    users: [],
    ...config.apps.find(({ appId }) => appId === app.appId),
    appId: app.appId,
    appSecret: { source: 'file', id: secret },
    brand: app.tenant,
    defaultAs: isBot ? 'bot' : 'user',
    strictMode,
  };
  return {
    ...config,
    strictMode,
    currentApp: app.appId,
    apps: [ours, ...config.apps.filter(({ appId }) => appId !== app.appId)],
  };
}

async function readConfig(path: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return { apps: [] };
  }
  try {
    return configSchema.parse(JSON.parse(text));
  } catch {
    throw new GatewayError('config.invalid', `${path} is no configuration of the Feishu command line.`, {
      remedy: 'Mend or remove the file, or set cli.identity to "disabled".',
      certain: true,
    });
  }
}

/** Whoever reads it meanwhile sees the old or the new, and never more than its owner may. */
async function replace(path: string, text: string): Promise<void> {
  await onDisk(path, async () => {
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await chmod(`${path}.new`, 0o600);
    await rename(`${path}.new`, path);
  });
}
