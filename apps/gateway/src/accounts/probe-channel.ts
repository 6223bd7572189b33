import { asId, type ChannelEvent, type ChannelId, silentLogger, systemClock } from '@threadbridge/contract';
import { createSqliteStore } from '@threadbridge/store';
import { type Environment, makeDirectories } from '../config/home.ts';
import { createSecrets, type Keystore } from '../config/secrets.ts';
import { openKeystore } from '../keystore/open-keystore.ts';
import { type FindChannelOptions, findChannel } from './find-channel.ts';

export interface ProbeChannelOptions extends FindChannelOptions {
  /** For secrets that are kept in variables. */
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** Default: the encrypted file of the profile. */
  readonly keystore?: Keystore;
}

/**
 * What a channel brings, without answering any of it, until the signal aborts. Starts where the gateway stopped reading and stores
 * nothing, so the gateway reads it all once more wherever the platform repeats what it has delivered. Throws `store.held` while the
 * profile runs: two readers of one account would steal each other's messages.
 */
export async function* probeChannel(options: ProbeChannelOptions): AsyncGenerator<ChannelEvent, void, undefined> {
  const { key, signal, environment } = options;
  const { name, paths } = options.profile;
  const { settings, factory } = findChannel(options);
  const id = asId<ChannelId>(key);
  const secrets = createSecrets({ environment, keystore: options.keystore ?? openKeystore(options.profile) });
  await makeDirectories(paths);
  await using store = await createSqliteStore({ path: paths.store, clock: systemClock, holder: `threadbridge ${name} (probe)` });
  const { language } = options.profile.settings;
  const parts = { id, profile: name, language, settings, secrets, paths, logger: silentLogger, clock: systemClock };
  const channel = await factory.create(parts);
  await using _ = { [Symbol.asyncDispose]: async () => channel[Symbol.asyncDispose]?.() };
  const cursor = await store.loadCursor(id);
  for await (const { events } of channel.receive({ signal, ...(cursor !== undefined && { cursor }) })) yield* events;
}
