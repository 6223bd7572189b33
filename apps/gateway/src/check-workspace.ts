import { GatewayError } from '@threadbridge/contract';
import type { Files } from '@threadbridge/core';
import type { ResolvedProfile } from './config/load.ts';
import { originText } from './config/origin.ts';

/** Refuses to start with a default workspace in which no run may work. Throws `config.unsafe`. */
export async function checkDefaultWorkspace(profile: ResolvedProfile, files: Files): Promise<void> {
  const { workspaces, language } = profile.settings;
  const path = workspaces.default;
  if (path === null) return;
  const verdict = await files.resolveWorkspace(path, language);
  if (verdict.allowed) return;
  const where = originText(profile.origin(['workspaces', 'default']));
  throw new GatewayError('config.unsafe', `${where}: profiles.${profile.name}.workspaces.default: ${verdict.reason}`, {
    remedy: 'Nothing was started.',
    certain: true,
  });
}
