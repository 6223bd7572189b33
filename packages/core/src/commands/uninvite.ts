import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const uninvite: Command = {
  name: 'uninvite',
  usage: '/uninvite ID',
  role: 'admin',
  place: 'private',
  help: { en: 'take an invitation back', zh: '收回邀请' },
  decide({ state, rules, texts, voice, actor, role, at, args, event }) {
    const member = rules.facts.members.get(args);
    if (member === undefined) {
      const invited = [...rules.facts.members.values()].map((one) => `- \`${one.name}\` ${one.role}`);
      return decision(state, say(voice, [texts.notInvited({ actor: args }), ...invited].join('\n')));
    }
    if (member.role !== 'user' && role !== 'owner') {
      return decision(state, say(voice, texts.commandRole({ name: 'uninvite ID', role: 'owner' })));
    }
    return decision(state, say(voice, texts.uninvited({ actor: args })), {
      facts: [{ type: 'remove', kind: 'member', name: args }],
      audit: [{ at, kind: 'config', scope: event.scope.id, actor: actor.id, outcome: 'uninvited', detail: { member: args } }],
    });
  },
};
