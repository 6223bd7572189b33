import type { Channel, ChannelId } from '@threadbridge/contract';
import { asId } from '@threadbridge/contract';
import type { Gateway, ProfileRules } from '@threadbridge/core';
import { describeProfile, type ResolvedProfile } from './config/load.ts';

/** What a new reading of the configuration brought. Paths inside the profile. */
export interface Reloaded {
  /** In force now. */
  readonly changed: readonly string[];
  /** In force after the next start. */
  readonly later: readonly string[];
}

export interface ReloadOptions {
  readonly from: ResolvedProfile;
  readonly to: ResolvedProfile;
  readonly gateway: Pick<Gateway, 'swap'>;
  readonly toRules: (profile: ResolvedProfile) => ProfileRules;
  /** Lets go of the channel of that key and makes the one that the settings ask for. */
  readonly replace: (key: string, settings: ResolvedProfile['settings']) => Promise<Channel | undefined>;
}

/** Settings that are read anew by every decision. */
const judgedBy = /^(access|permissions|workspaces|approvals)\b|^runs\.(?!maxConcurrent)|^codex\.(model|effort)$/;

/**
 * Puts a new reading of the configuration into force: rules at once, and of the channels only those whose own settings changed, the old one
 * ended first. Runs go on.
 */
export async function applyReload({ from, to, gateway, toRules, replace }: ReloadOptions): Promise<Reloaded> {
  const paths = changedPaths(from, to);
  const keys = [...new Set(paths.filter((path) => path.startsWith('channels.')).map((path) => path.split('.')[1] ?? ''))];
  // The old ones end first: an account is listened to once.
  await gateway.swap({ rules: toRules(to), without: keys.map((key) => asId<ChannelId>(key)) });
  for (const key of keys) {
    const channel = await replace(key, to.settings);
    if (channel !== undefined) await gateway.swap({ channels: [channel] });
  }
  // What a channel brings into the rules is known when it is made.
  if (keys.length > 0) await gateway.swap({ rules: toRules(to) });
  const isNow = (path: string) => judgedBy.test(path) || path.startsWith('channels.');
  return { changed: paths.filter(isNow), later: paths.filter((path) => !isNow(path)) };
}

/** Where two readings differ. Pure. */
function changedPaths(from: ResolvedProfile, to: ResolvedProfile): readonly string[] {
  const values = (profile: ResolvedProfile) =>
    new Map(describeProfile(profile).map(({ path, value }) => [path, JSON.stringify(value)]));
  const [before, after] = [values(from), values(to)];
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
}
