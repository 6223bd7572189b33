import { type ActorId, asId } from '@threadbridge/contract';
import { decision, say } from '../decide/decision.ts';
import type { Member } from '../decide/facts.ts';
import type { Command } from './command.ts';

export const invite: Command = {
  name: 'invite',
  usage: '/invite ID [user|admin]',
  role: 'admin',
  place: 'private',
  help: { en: 'let somebody in; they read their id from my refusal', zh: '邀请他人；对方的 ID 在我的拒绝消息里' },
  decide({ state, rules, texts, voice, actor, role, at, args, event }) {
    const [id, given = 'user', ...more] = args.split(/\s+/);
    if (!id?.includes(':') || more.length > 0 || (given !== 'user' && given !== 'admin')) {
      return decision(state, say(voice, texts.usage({ usage: this.usage })));
    }
    if (given === 'admin' && role !== 'owner')
      return decision(state, say(voice, texts.commandRole({ name: 'invite ID admin', role: 'owner' })));
    const known = rules.facts.members.get(id)?.role ?? 'user';
    if (known !== 'user' && role !== 'owner')
      return decision(state, say(voice, texts.commandRole({ name: `invite ${id}`, role: 'owner' })));
    const fact: Member = { kind: 'member', name: asId<ActorId>(id), role: given, addedBy: actor.id, addedAt: at };
    return decision(state, say(voice, texts.invited({ actor: id, role: given })), {
      facts: [{ type: 'put', fact }],
      audit: [
        { at, kind: 'config', scope: event.scope.id, actor: actor.id, outcome: 'invited', detail: { member: id, role: given } },
      ],
    });
  },
};
