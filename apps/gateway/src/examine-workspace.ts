import type { WorkspaceVerdict } from '@threadbridge/core';
import { codexHomes } from './codex-homes.ts';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { createFiles } from './files.ts';

export interface WorkspaceQuestion {
  readonly profile: ResolvedProfile;
  /** For homes of Codex, in which no run may work. */
  readonly environment: Environment;
  /** Absolute, or from `~/`. */
  readonly path: string;
  /** Of the reason. Default: the profile's. */
  readonly language?: 'en' | 'zh';
}

/** Whether runs of the profile may work in a directory, by the rules of a start. Changes nothing. */
export async function examineWorkspace(question: WorkspaceQuestion): Promise<WorkspaceVerdict> {
  const { profile, environment, path, language = profile.settings.language } = question;
  const { home, media } = profile.paths;
  return createFiles({ offLimits: [home, ...codexHomes(profile, environment).all], media }).resolveWorkspace(path, language);
}
