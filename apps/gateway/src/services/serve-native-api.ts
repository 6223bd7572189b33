import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runner } from '@threadbridge/contract';
import { createNativeApi, type NativeApiServer, serve } from '@threadbridge/native-api';
import { readOrMakeKey } from '../key-file.ts';
import type { ServiceContext } from './registry.ts';

/** What the API of a profile is made of. */
export interface NativeApiContext
  extends Pick<ServiceContext, 'profile' | 'settings' | 'paths' | 'secrets' | 'logger' | 'clock'> {
  /** Codex without a limit on runs: the API has its own, and a call that waits for a caller's tool must not keep a chat waiting. */
  readonly codex: Runner;
}

/** Where the token is kept that is made where the configuration names none. */
export function nativeApiTokenFile(paths: ServiceContext['paths']): string {
  return join(paths.directory, 'native-api-token');
}

/** Listens as the profile says. Rejects with `config.*`. */
export async function serveNativeApi(context: NativeApiContext): Promise<NativeApiServer> {
  const { profile, settings, paths, codex, logger, clock } = context;
  const { host, port, defaultModel } = settings.nativeApi;
  const workspace = join(paths.directory, 'native-api');
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  const api = createNativeApi({
    ...{ profile, workspace, runner: codex, logger, clock },
    token: await readToken(context),
    ...(defaultModel !== null && { defaultModel }),
    // The models of the profile are somebody's choice, whether or not Codex lists them.
    otherModels: [settings.codex.model, settings.codex.config.model].filter((model) => typeof model === 'string'),
  });
  return await serve(api, { host, port });
}

async function readToken({ settings, paths, secrets }: NativeApiContext): Promise<string> {
  const { token } = settings.nativeApi;
  if (token !== undefined) return (await secrets.read(token, 'nativeApi.token')).reveal();
  const made = await readOrMakeKey(nativeApiTokenFile(paths), 'Remove the file: a new token is made.');
  secrets.conceal(made);
  return made;
}
