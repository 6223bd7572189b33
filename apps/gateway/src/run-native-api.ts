import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@threadbridge/contract';
import { openCodex } from './codex.ts';
import { codexHomes } from './codex-homes.ts';
import { type Environment, makeDirectories } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { createSecrets } from './config/secrets.ts';
import { createFileKeystore } from './keystore/file-keystore.ts';
import { type LogOptions, openLog } from './log/logger.ts';
import { nativeApiTokenFile, serveNativeApi } from './services/serve-native-api.ts';

export interface RunNativeApiOptions {
  readonly profile: ResolvedProfile;
  /** The variables of the process, as a value. */
  readonly environment: Environment;
  readonly log?: Pick<LogOptions, 'level' | 'stderr'>;
  /** It listens. */
  readonly onReady: (ready: NativeApiReady) => void;
}

export interface NativeApiReady {
  /** `http://127.0.0.1:8765/v1` */
  readonly baseUrl: string;
  /** Where the token is that was made, as the configuration names none. */
  readonly tokenFile: string | undefined;
}

/**
 * The native API of a profile, alone: no chats, no store. Resolves after an abort, when running answers have ended, Codex has ended and the
 * port is free. Rejects with `config.*`.
 */
export async function runNativeApi(options: RunNativeApiOptions, signal: AbortSignal): Promise<void> {
  const { profile, environment } = options;
  const { name, settings, paths } = profile;
  await makeDirectories(paths);
  const logs = join(paths.logs, 'native-api');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  await using log = await openLog({ directory: logs, ...options.log });
  const { logger } = log;
  const secrets = createSecrets({ environment, onSecret: log.conceal, keystore: createFileKeystore(paths) });
  const home = codexHomes(profile, environment).current;
  const clock = systemClock;
  await using codex = await openCodex({ profile, home, environment, secrets, clock, logger });
  await using server = await serveNativeApi({ profile: name, settings, paths, secrets, codex, logger, clock });
  const { baseUrl } = server;
  logger.info({ profile: name, baseUrl }, 'the native API listens');
  if (!signal.aborted) {
    options.onReady({ baseUrl, tokenFile: settings.nativeApi.token === undefined ? nativeApiTokenFile(paths) : undefined });
  }
  if (!signal.aborted) await once(signal, 'abort');
}
