import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const remove: Command = {
  name: 'remove',
  also: ['rm'],
  usage: '/remove NAME',
  role: 'user',
  place: 'private',
  help: { en: 'forget a name; the thread stays', zh: '删除名称；线程保留' },
  decide({ state, rules, texts, voice, args, actor, at }) {
    if (!rules.facts.aliases.has(args)) return decision(state, say(voice, texts.aliasUnknown({ name: args })));
    return decision(state, say(voice, texts.aliasRemoved({ name: args })), {
      facts: [{ type: 'remove', kind: 'alias', name: args }],
      audit: [{ at, kind: 'config', scope: state.scope.id, actor: actor.id, outcome: 'alias removed', detail: { alias: args } }],
    });
  },
};
