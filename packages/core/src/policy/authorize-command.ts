import type { Scope } from '@threadbridge/contract';
import type { Command } from '../commands/command.ts';
import { isAtLeast, isShared, type Role } from './roles.ts';

export type CommandVerdict = { readonly because: string } & (
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'role' | 'place' }
);

/** May somebody of this role give this command here? */
export function authorizeCommand(command: Pick<Command, 'role' | 'place' | 'name'>, role: Role, scope: Scope): CommandVerdict {
  if (command.place === 'private' && isShared(scope))
    return { allowed: false, reason: 'place', because: `/${command.name} is for private chats` };
  if (!isAtLeast(role, command.role))
    return { allowed: false, reason: 'role', because: `/${command.name} needs the role ${command.role}` };
  return { allowed: true, because: `/${command.name} is open to the role ${role}` };
}
