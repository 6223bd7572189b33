import { roleOf } from '../policy/roles.ts';
import type { Decision } from './decision.ts';
import type { Input } from './input.ts';
import type { Rules } from './rules.ts';

/** Remembers where an owner was last heard in private, channel by channel: notices about the whole profile go there. */
export function noteHome(made: Decision, input: Input, rules: Rules): Decision {
  if (input.type !== 'message.received') return made;
  const { event, at } = input;
  const { channel } = event.scope;
  const isOwner = event.scope.kind === 'private' && roleOf(event.actor.id, rules)?.role === 'owner';
  if (!isOwner || rules.facts.homes.get(channel)?.scope.id === event.scope.id) return made;
  const fact = { kind: 'home', name: channel, scope: event.scope, addedBy: event.actor.id, addedAt: at } as const;
  return { ...made, facts: [...made.facts, { type: 'put', fact }] };
}
