import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';

/** Homes of Codex on this computer, absolute. */
export interface CodexHomes {
  /** The one this profile uses. */
  readonly current: string;
  /** Every one that is known; no run may work in them. */
  readonly all: readonly string[];
}

/** Which home of Codex a profile uses, and which others there are. */
export function codexHomes({ settings, paths }: ResolvedProfile, environment: Environment): CodexHomes {
  const standard = join(homedir(), '.codex');
  const own = environment.CODEX_HOME || standard;
  const { home } = settings.codex;
  const current = home === 'inherit' ? own : home === 'isolated' ? paths.codexHome : home;
  return { current, all: [...new Set([current, own, standard, paths.codexHome])] };
}
