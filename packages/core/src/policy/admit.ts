import type { Actor, Scope } from '@threadbridge/contract';
import type { Rules } from '../decide/rules.ts';
import { isChatApproved, isShared, type Role, roleOf } from './roles.ts';

/** May this actor speak here, as what, and which rules made it so. */
export type Admission = { readonly because: readonly string[] } & (
  | { readonly allowed: true; readonly role: Role }
  /** `silent`: not spoken to, or another program; an answer could start a loop. `stranger`, `group`: told how to ask. */
  | { readonly allowed: false; readonly reason: 'silent' | 'stranger' | 'group' }
);

/** Closed by default: in private those with a role, in groups nobody before the owner approved the group; programs never. */
export function admit(
  event: { readonly actor: Actor; readonly scope: Scope; readonly isAddressed: boolean },
  rules: Rules,
): Admission {
  const { actor, scope } = event;
  if (actor.isBot) return { allowed: false, reason: 'silent', because: ['programs are not listened to'] };
  const given = roleOf(actor.id, rules);
  if (!isShared(scope)) {
    if (given === undefined) return { allowed: false, reason: 'stranger', because: ['no role in this profile'] };
    return { allowed: true, role: given.role, because: [given.because] };
  }
  if (!event.isAddressed && (rules.access.requireMention || scope.kind === 'comment')) {
    return { allowed: false, reason: 'silent', because: ['access.requireMention'] };
  }
  const chat = isChatApproved(scope, rules);
  if (!chat.approved) return { allowed: false, reason: 'group', because: [chat.because] };
  return { allowed: true, role: given?.role ?? 'guest', because: [chat.because, given?.because ?? 'no role in this profile'] };
}
