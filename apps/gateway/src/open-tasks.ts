import { createTaskClient, type TaskApi } from '@threadbridge/task-api';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { createSecrets } from './config/secrets.ts';
import { readGatewayState } from './control/gateway-state.ts';
import { openKeystore } from './keystore/open-keystore.ts';
import { personHeader, personProof } from './person-proof.ts';
import { readServiceToken } from './service-tokens.ts';

export interface OpenTasksOptions {
  readonly profile: ResolvedProfile;
  readonly environment: Environment;
  /** Where the gateway listens. Default: at `console.port`, or where the running gateway says, if any port would do. */
  readonly baseUrl?: string;
  /** A person sits before it, whose answers are approvals. Default: a program asks. */
  readonly isPerson?: boolean;
}

/** The tasks of a running gateway of this profile, over its local port. */
export async function openTasks(options: OpenTasksOptions): Promise<TaskApi> {
  const { profile, environment, baseUrl = await consoleOf(profile) } = options;
  const { settings, paths } = profile;
  const keystore = openKeystore(profile);
  const secrets = createSecrets({ environment, keystore });
  const token = await readServiceToken('console', { settings, paths, secrets, keystore });
  const headers = options.isPerson ? { [personHeader]: await personProof(paths) } : {};
  return createTaskClient({ baseUrl, token, headers });
}

async function consoleOf(profile: ResolvedProfile): Promise<string> {
  const { port } = profile.settings.console;
  const state = port === 0 ? await readGatewayState(profile) : undefined;
  return (state?.isRunning ? state.console : undefined) ?? `http://127.0.0.1:${port}`;
}
