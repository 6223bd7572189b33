import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type CodexRunner, childEnvironment, createCodexRunner } from '@threadbridge/codex-runner';
import type { Environment, ResolvedProfile } from '@threadbridge/gateway';

/** Codex as a profile says, for commands that need no gateway. Starts nothing: the first use does. */
export async function createProfileRunner({ settings, paths }: ResolvedProfile, environment: Environment): Promise<CodexRunner> {
  const { bin, env, config, home } = settings.codex;
  const inherited = environment.CODEX_HOME || join(homedir(), '.codex');
  // Codex refuses a home that is not there, and this one is ours to make.
  if (home === 'isolated') await mkdir(paths.codexHome, { recursive: true, mode: 0o700 });
  return createCodexRunner({
    ...(bin !== null && { bin }),
    codexHome: home === 'inherit' ? inherited : home === 'isolated' ? paths.codexHome : home,
    env: childEnvironment(environment, env),
    config,
  });
}
