import { isGatewayError } from '@threadbridge/contract';
import { type Environment, openGateway, type ResolvedProfile } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';
import { toTrouble } from './to-trouble.ts';

/** Thrown where a gateway would begin to work: up to there it has only checked and opened things. */
class EnoughSeen extends Error {}

/**
 * Goes through a start of the gateway up to the agent, and back again: features, workspace and store are checked by the very code that
 * checks them at a start, and nothing runs.
 */
export async function tryOpening(profile: ResolvedProfile, environment: Environment, texts: Texts): Promise<readonly Finding[]> {
  const { doctor } = texts;
  const workspace = profile.settings.workspaces.default;
  const workspaceOk: Finding =
    workspace === null
      ? {
          name: 'workspace',
          state: 'warn',
          text: doctor.noWorkspace,
          remedy: doctor.noWorkspaceRemedy,
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
    if (error instanceof EnoughSeen) return [workspaceOk];
    if (!isGatewayError(error)) throw error;
    const trouble = toTrouble(error, texts);
    if (error.code === 'store.held') return [workspaceOk, { name: 'store', state: 'ok', text: doctor.inUse(error.message) }];
    if (error.code.startsWith('store.')) return [workspaceOk, { name: 'store', state: 'fail', ...trouble }];
    return [{ name: error.code === 'config.unsafe' ? 'workspace' : 'config', state: 'fail', ...trouble }];
  }
}
