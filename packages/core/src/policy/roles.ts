import type { ActorId, Scope, ScopeId } from '@threadbridge/contract';
import type { Group } from '../decide/facts.ts';
import type { Rules } from '../decide/rules.ts';

/** What somebody is in this profile. A guest is nobody in particular in a group that was approved. */
export type Role = 'owner' | 'admin' | 'user' | 'guest';

const ranks: readonly Role[] = ['guest', 'user', 'admin', 'owner'];

export function isAtLeast(role: Role, needed: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(needed);
}

/** The role somebody was given by the configuration or by an invitation, and the rule that gave it. Undefined: a stranger. */
export function roleOf(actor: ActorId, rules: Rules): { readonly role: Role; readonly because: string } | undefined {
  const { owners, admins, users } = rules.access;
  if (owners.includes(actor)) return { role: 'owner', because: 'access.owners' };
  const member = rules.facts.members.get(actor);
  if (member?.role === 'owner') return { role: 'owner', because: 'claimed with a code' };
  if (admins.includes(actor)) return { role: 'admin', because: 'access.admins' };
  if (member?.role === 'admin') return { role: 'admin', because: `invited by ${member.addedBy}` };
  if (users.includes(actor)) return { role: 'user', because: 'access.users' };
  if (member !== undefined) return { role: member.role, because: `invited by ${member.addedBy}` };
  return undefined;
}

/** Whether many people read and write there. */
export function isShared(scope: Scope): boolean {
  return scope.kind === 'group' || scope.kind === 'topic' || scope.kind === 'comment';
}

/** The chat whose approval counts for a shared place: itself, or the chat or document around it. */
export function chatOf(scope: Scope): ScopeId {
  return scope.parent ?? scope.id;
}

export function groupOf(scope: Scope, rules: Rules): Group | undefined {
  return rules.facts.groups.get(chatOf(scope));
}

/** Whether a shared place may be used, and the rule that says so. */
export function isChatApproved(scope: Scope, rules: Rules): { readonly approved: boolean; readonly because: string } {
  const group = groupOf(scope, rules);
  if (group?.status === 'disabled') return { approved: false, because: `group disabled by ${group.addedBy}` };
  if (rules.access.chats.includes(chatOf(scope))) return { approved: true, because: 'access.chats' };
  if (group?.status === 'approved') return { approved: true, because: `group approved by ${group.addedBy}` };
  return { approved: false, because: 'group not approved' };
}
