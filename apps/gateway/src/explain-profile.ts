import { actorId, asId, type ChannelId, type Scope, scopeId } from '@threadbridge/contract';
import { explainPolicy, type PolicyAnswer } from '@threadbridge/core';
import { codexHomes } from './codex-homes.ts';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { knownFacts } from './known-facts.ts';
import { secretPaths } from './secret-paths.ts';
import { toRules } from './to-rules.ts';

/** Somebody who writes somewhere, in the ids of the platform. */
export interface ProfileQuestion {
  /** The key of the channel in the configuration. */
  readonly channel: string;
  readonly user: string;
  /** Default: the private chat with the user. */
  readonly chat?: string;
  /** What the chat is. Default `private`. */
  readonly kind?: Scope['kind'];
  /** A chat command, without the slash. */
  readonly command?: string;
}

/** What the profile would decide, and by which rules; with the people and groups that were let in by commands. Works beside a running gateway. */
export async function explainProfile(
  profile: ResolvedProfile,
  environment: Environment,
  question: ProfileQuestion,
): Promise<readonly PolicyAnswer[]> {
  const channel = asId<ChannelId>(question.channel);
  const { current, all } = codexHomes(profile, environment);
  const hidden = await secretPaths([profile.paths.home, ...all]);
  // Nothing is signed here, so no key is read.
  const rules = toRules(profile.settings, {
    ...{ profile: profile.name, tokenKey: '', codexHome: current, secretPaths: hidden, owners: [], programs: [] },
  });
  const scope: Scope = { id: scopeId(channel, question.chat ?? question.user), channel, kind: question.kind ?? 'private' };
  const asked = {
    ...{ actor: { id: actorId(channel, question.user) }, scope },
    ...(question.command !== undefined && { command: question.command.replace(/^\//, '') }),
  };
  return explainPolicy(asked, { ...rules, channels: new Map(), facts: await knownFacts(profile.paths.store) });
}
