import { stat } from 'node:fs/promises';
import { childEnvironment, createCodexRunner, findNativeBinary } from '@threadbridge/codex-runner';
import { createSdkRunner } from '@threadbridge/codex-runner/sdk';
import { type Clock, GatewayError, type Logger, type Runner } from '@threadbridge/contract';
import { type CodexServer, renewServer } from './codex-server.ts';
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
  /** The app-server on a socket that is used. Absent: Codex is a child of this process. */
  readonly server?: CodexServer;
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Codex as the profile says. Starts nothing, unless it has to be logged in with a key: the first use does. Throws `config.invalid` where its
 * home does not exist, `config.secret_missing`, `runner.*`.
 */
export async function openCodex(context: CodexContext): Promise<Runner> {
  const { profile, home, server, environment, clock, logger } = context;
  const { backend, bin, env, config, home: setting, auth } = profile.settings.codex;
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
  const made = {
    ...(bin !== null && { bin }),
    // The person's own home is found, and made, by Codex itself.
    ...(!isOwn && { codexHome: home }),
    env: childEnvironment(environment, env),
    config,
  };
  const key = auth.mode === 'api-key' ? (await context.secrets.read(auth.apiKey, 'codex.auth.apiKey')).reveal() : undefined;
  // The profile's own limit comes first and says so.
  const options = { ...made, turnDeadlineMs: Math.max(600_000, profile.settings.runs.idleTimeoutMs), clock, logger };
  if (backend === 'sdk') return createSdkRunner({ ...options, ...(key !== undefined && { apiKey: key }) });
  if (server?.server === 'ours') await renewServer(server, { bin: findNativeBinary(), ...made }, { clock, logger });
  const runner = createCodexRunner({ ...options, ...(server && { transport: { type: 'socket', ...server } }) });
  if (key !== undefined) await logIn(runner, key);
  return runner;
}

/** App-server takes no key from its environment, only over the connection; it keeps it in its home. */
async function logIn(runner: Runner, apiKey: string): Promise<void> {
  try {
    for await (const step of runner.capabilities.account?.login({ type: 'apiKey', apiKey }) ?? []) {
      if (step.type === 'complete') return;
      if (step.type === 'failed') throw refused(step.message);
    }
    throw refused('It said nothing.');
  } catch (error) {
    await runner[Symbol.asyncDispose]();
    throw error;
  }
}

function refused(message: string): GatewayError {
  return new GatewayError('runner.unauthorized', `Codex did not take the key of codex.auth.apiKey: ${message}`, {
    remedy: 'Check the secret; it has to be an API key of OpenAI.',
    certain: true,
  });
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
