import type { Actor } from '@threadbridge/contract';
import type { Rules } from '../decide/rules.ts';

export type Admission =
  | { readonly allowed: true }
  /** `silent`: not spoken to, or another program; an answer could start a loop. `stranger`: told how to ask. */
  | { readonly allowed: false; readonly reason: 'silent' | 'stranger' };

/** May this actor speak here? Closed by default: owners only, programs never. */
export function admit(event: { readonly actor: Actor; readonly isAddressed: boolean }, rules: Rules): Admission {
  if (event.actor.isBot) return { allowed: false, reason: 'silent' };
  if (!event.isAddressed) return { allowed: false, reason: 'silent' };
  if (!rules.access.owners.includes(event.actor.id)) return { allowed: false, reason: 'stranger' };
  return { allowed: true };
}
