import { isGatewayError } from '@threadbridge/contract';
import { type Environment, openGateway, type ResolvedProfile } from '@threadbridge/gateway';
import type { Finding } from './finding.ts';

/** Thrown where a gateway would begin to work: up to there it has only checked and opened things. */
class EnoughSeen extends Error {}

/**
 * Goes through a start of the gateway up to the agent, and back again: features, workspace and store are checked by the very code that
 * checks them at a start, and nothing runs.
 */
export async function tryOpening(profile: ResolvedProfile, environment: Environment): Promise<readonly Finding[]> {
  const workspace = profile.settings.workspaces.default;
  const workspaceOk: Finding =
    workspace === null
      ? {
          name: 'workspace',
          state: 'warn',
          text: 'No default workspace is set.',
          remedy: 'Set workspaces.default, or start with --workspace DIR.',
        }
      : { name: 'workspace', state: 'ok', text: workspace };
  try {
    const gateway = await openGateway({
      profile,
      environment,
      createRunner: () => Promise.reject(new EnoughSeen()),
    });
    await gateway.stop();
    throw new TypeError('A gateway started without its agent.');
  } catch (error) {
    if (error instanceof EnoughSeen) return [workspaceOk, { name: 'store', state: 'ok', text: profile.paths.store }];
    if (!isGatewayError(error)) throw error;
    const trouble = { text: error.message, ...(error.remedy !== undefined && { remedy: error.remedy }) };
    if (error.code === 'store.held')
      return [workspaceOk, { name: 'store', state: 'ok', text: `In use, the profile is running: ${error.message}` }];
    if (error.code.startsWith('store.')) return [workspaceOk, { name: 'store', state: 'fail', ...trouble }];
    return [{ name: error.code === 'config.unsafe' ? 'workspace' : 'config', state: 'fail', ...trouble }];
  }
}
