import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditSink, ContinuationStore, Runner } from '@threadbridge/contract';
import { createNativeApi, type NativeApiServer, serve } from '@threadbridge/native-api';
import { readServiceToken } from '../service-tokens.ts';
import type { ServiceContext } from './registry.ts';

/** What the API of a profile is made of. */
export interface NativeApiContext
  extends Pick<ServiceContext, 'profile' | 'settings' | 'paths' | 'secrets' | 'keystore' | 'logger' | 'clock'> {
  /** Codex without a limit on runs: the API has its own, and a call that waits for a caller's tool must not keep a chat waiting. */
  readonly codex: Runner;
  readonly store: AuditSink & { continuations(): ContinuationStore };
}

/** Listens as the profile says. Rejects with `config.*`. */
export async function serveNativeApi(context: NativeApiContext): Promise<NativeApiServer> {
  const { profile, settings, paths, codex, store, logger, clock } = context;
  const { host, port, defaultModel } = settings.nativeApi;
  const workspace = join(paths.directory, 'native-api');
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  const api = createNativeApi({
    ...{ profile, workspace, runner: codex, logger, clock },
    token: await readServiceToken('nativeApi', context),
    ...(defaultModel !== null && { defaultModel }),
    // The models of the profile are somebody's choice, whether or not Codex lists them.
    otherModels: [settings.codex.model, settings.codex.config.model].filter((model) => typeof model === 'string'),
    continuations: store.continuations(),
    authorize: async () => ({ isAllowed: true, because: ['nativeApi.enabled', 'the bearer token of nativeApi.token'] }),
    audit: store,
  });
  return await serve(api, { host, port });
}
