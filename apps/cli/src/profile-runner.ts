import { mkdir } from 'node:fs/promises';
import { type CodexRunner, childEnvironment, createCodexRunner } from '@threadbridge/codex-runner';
import type { Environment, ResolvedProfile } from '@threadbridge/gateway';

/** Codex as a profile says, for commands that need no gateway. Starts nothing: the first use does. */
export async function createProfileRunner({ settings, paths }: ResolvedProfile, environment: Environment): Promise<CodexRunner> {
  const { bin, env, config, home } = settings.codex;
  // Codex refuses a home that is not there. This one is ours to make; the person's own is found, and made, by Codex itself.
  if (home === 'isolated') await mkdir(paths.codexHome, { recursive: true, mode: 0o700 });
  return createCodexRunner({
    ...(bin !== null && { bin }),
    ...(home !== 'inherit' && { codexHome: home === 'isolated' ? paths.codexHome : home }),
    env: childEnvironment(environment, env),
    config,
  });
}
