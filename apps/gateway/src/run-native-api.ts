import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@threadbridge/contract';
import { createSqliteStore } from '@threadbridge/store';
import { openCodex } from './codex.ts';
import { codexHomes } from './codex-homes.ts';
import { type Environment, makeDirectories } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { createSecrets } from './config/secrets.ts';
import { announceProcess } from './control/processes.ts';
import { keepTidy } from './keep-tidy.ts';
import { openKeystore } from './keystore/open-keystore.ts';
import { type LogOptions, openLog } from './log/logger.ts';
import { serveNativeApi } from './services/serve-native-api.ts';

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
  /** The configuration names no token: the one that was made is in the key store, see `showServiceTokens`. */
  readonly isTokenMade: boolean;
}

/**
 * The native API of a profile, alone: no chats, and a store of its own, so that a gateway of the profile may run beside it. Resolves after
 * an abort, when running answers have ended, Codex has ended and the port is free. Rejects with `config.*` or `store.*`.
 */
export async function runNativeApi(options: RunNativeApiOptions, signal: AbortSignal): Promise<void> {
  const { profile, environment } = options;
  const { name, settings, paths } = profile;
  await makeDirectories(paths);
  const logs = join(paths.logs, 'native-api');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const clock = systemClock;
  await using store = await createSqliteStore({ path: paths.nativeApiStore, clock, holder: `threadbridge native-api ${name}` });
  await using log = await openLog({ directory: logs, ...options.log });
  const { logger } = log;
  const keystore = openKeystore(profile);
  const secrets = createSecrets({ environment, onSecret: log.conceal, keystore });
  const home = codexHomes(profile, environment).current;
  await using _ = await announceProcess(paths.home, { kind: 'native-api', profile: name, startedAt: systemClock.now() });
  await using codex = await openCodex({ profile, home, environment, secrets, clock, logger });
  await using server = await serveNativeApi({ profile: name, settings, paths, secrets, keystore, store, codex, logger, clock });
  const tidy = keepTidy(store, { messagesDays: settings.retention.messagesDays, clock, logger, signal });
  const { baseUrl } = server;
  logger.info({ profile: name, baseUrl }, 'the native API listens');
  if (!signal.aborted) options.onReady({ baseUrl, isTokenMade: settings.nativeApi.token === undefined });
  if (!signal.aborted) await once(signal, 'abort');
  await tidy;
}
