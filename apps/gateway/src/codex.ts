import { stat } from 'node:fs/promises';
import { childEnvironment, createCodexRunner } from '@threadbridge/codex-runner';
import type { Clock, Logger, Runner } from '@threadbridge/contract';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { invalidConfig } from './config/mistake.ts';
import { originText } from './config/origin.ts';
import type { Secrets } from './config/secrets.ts';

/** What the runner of a profile is made of. */
export interface CodexContext {
  readonly profile: ResolvedProfile;
  /** The Codex home in use, absolute. */
  readonly home: string;
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Codex as the profile says. Starts nothing: the first use does. Throws `config.invalid` where its home does not exist. */
export async function openCodex({ profile, home, environment, clock, logger }: CodexContext): Promise<Runner> {
  const { bin, env, config, home: setting } = profile.settings.codex;
  const isOwn = setting === 'inherit';
  if (!isOwn && !(await isDirectory(home))) {
    throw invalidConfig(
      [
        {
          source: originText(profile.origin(['codex', 'home'])),
          path: ['profiles', profile.name, 'codex', 'home'],
          text: 'there is no such directory',
        },
      ],
      'the configuration',
    );
  }
  return createCodexRunner({
    ...(bin !== null && { bin }),
    // The person's own home is found, and made, by Codex itself.
    ...(!isOwn && { codexHome: home }),
    env: childEnvironment(environment, env),
    config,
    // The profile's own limit comes first and says so.
    turnDeadlineMs: Math.max(600_000, profile.settings.runs.idleTimeoutMs),
    clock,
    logger,
  });
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
