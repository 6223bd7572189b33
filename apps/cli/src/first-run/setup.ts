import type { CodexRunner } from '@threadbridge/codex-runner';
import {
  editConfig,
  type LoadedConfig,
  type LoadOptions,
  loadConfig,
  type ResolvedProfile,
  resolveProfile,
} from '@threadbridge/gateway';
import type { Io } from '../io.ts';
import { createProfileRunner } from '../profile-runner.ts';

/** A value of the profile; undefined takes it out. */
export interface ProfileChange {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What the steps of a first run work on. Nothing of it is kept: every question reads anew. */
export interface Setup extends AsyncDisposable {
  readonly io: Io;
  loaded(): Promise<LoadedConfig>;
  profile(): Promise<ResolvedProfile>;
  /** Writes into the configuration file. */
  change(...changes: readonly ProfileChange[]): Promise<void>;
  /** Codex as the profile says; started by its first use. */
  codex(): Promise<CodexRunner>;
  /** Has Codex started anew at its next use. */
  renewCodex(): Promise<void>;
}

export function createSetup(options: LoadOptions, io: Io): Setup {
  let runner: Promise<CodexRunner> | undefined;
  const loaded = () => loadConfig(options);
  const profile = async () => resolveProfile(await loaded());
  const renewCodex = async () => {
    const old = runner;
    runner = undefined;
    await (await old)?.[Symbol.asyncDispose]();
  };
  return {
    ...{ io, loaded, profile, renewCodex },
    async change(...changes) {
      const { name, origin } = await profile();
      const { language } = io;
      // Whoever sets it up in a language is answered in it, unless something else was said.
      const spoken =
        origin(['language']).type === 'default' && language !== 'en' ? [{ path: ['language'], value: language }] : [];
      const edits = [...spoken, ...changes].map(({ path, value }) => ({ path: ['profiles', name, ...path], value }));
      await editConfig(options, edits);
    },
    codex() {
      runner ??= profile().then((found) => createProfileRunner(found, io.environment));
      return runner;
    },
    [Symbol.asyncDispose]: renewCodex,
  };
}
