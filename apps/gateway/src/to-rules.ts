import type { ActorId, Scope, ScopeId } from '@threadbridge/contract';
import { asId, parseScopeId } from '@threadbridge/contract';
import type { ProfileRules } from '@threadbridge/core';
import type { Profile } from './config/schema.ts';
import { profileFlag } from './profile-flag.ts';

export interface ToRulesOptions {
  /** Its name. */
  readonly profile: string;
  readonly tokenKey: string;
  readonly formerTokenKeys?: readonly string[];
  /** The Codex home in use. */
  readonly codexHome: string;
  /** What only the owner's own runs may read: absolute paths that exist. */
  readonly secretPaths: readonly string[];
  /** What commands of the owner's runs are given at the platforms, by channel. */
  readonly projections?: ProfileRules['projections'];
  /** Owners beyond those of the profile: the people of extra channels. */
  readonly owners: readonly ActorId[];
  /** In which the people of extra channels read, by channel. */
  readonly languages?: ProfileRules['languages'];
  /** Programs of this computer that may ask for tasks. */
  readonly programs: readonly ActorId[];
}

/** What the core judges by, from what the profile says. Pure. */
export function toRules(settings: Profile, options: ToRulesOptions): ProfileRules {
  const { language, access, permissions, workspaces, runs, attachments, approvals, codex } = settings;
  const owners = [...access.owners.map((owner) => asId<ActorId>(owner)), ...options.owners];
  const flag = profileFlag(options.profile);
  return {
    language,
    ...(flag !== '' && { profileFlag: flag }),
    ...(options.languages && { languages: options.languages }),
    access: {
      owners: [...new Set(owners)],
      ...(access.owners.length === 0 && { isClaimable: true }),
      admins: access.admins.map((id) => asId<ActorId>(id)),
      users: [...access.users.map((id) => asId<ActorId>(id)), ...options.programs],
      chats: access.chats.map((id) => asId<ScopeId>(id)),
      requireMention: access.requireMention,
    },
    permissions,
    workspaces: { ...(workspaces.default !== null && { default: workspaces.default }), aliases: workspaces.aliases },
    runs: {
      quietWindowMs: runs.quietWindowMs,
      idleTimeoutMs: runs.idleTimeoutMs,
      wallTimeoutMs: runs.wallTimeoutMs,
      maxPending: runs.maxPending,
      duringRun: runs.duringRun,
      whenMoved: runs.whenMoved,
      verbosity: runs.verbosity,
    },
    attachments,
    approvals: { expireMs: approvals.expireMs, twoPersons: approvals.twoPersons, mayAnswer: approvals.mayAnswer },
    ...(settings.notices.to !== null && { notices: { to: privateScope(settings.notices.to) } }),
    programs: { actors: options.programs, mayApprove: settings.taskApi.mayApprove },
    secretPaths: options.secretPaths,
    codex: {
      ...(codex.model !== null && { model: codex.model }),
      ...(codex.effort !== null && { effort: codex.effort }),
      identity: `${codex.auth.mode}:${options.codexHome}`,
    },
    ...(options.projections && { projections: options.projections }),
    tokenKey: options.tokenKey,
    ...(options.formerTokenKeys && { formerTokenKeys: options.formerTokenKeys }),
  };
}

/** A conversation as people write it into the configuration. */
function privateScope(written: string): Scope {
  const id = asId<ScopeId>(written);
  return { id, channel: parseScopeId(id).channel, kind: 'private' };
}
