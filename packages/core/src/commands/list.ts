import { decision, say } from '../decide/decision.ts';
import { shortId } from '../texts/short-id.ts';
import type { Command } from './command.ts';

export const list: Command = {
  name: 'list',
  usage: '/list',
  role: 'user',
  place: 'private',
  help: { en: 'list the named threads', zh: '列出已命名的线程' },
  decide({ state, rules, texts, voice }) {
    const lines = Array.from(rules.facts.aliases.values(), (alias) => {
      const mark = alias.name === state.alias ? '→ ' : '';
      return `- ${mark}\`${alias.name}\` ${alias.title} · \`${alias.workspace}\` · \`${shortId(alias.thread)}\``;
    });
    return decision(state, say(voice, lines.length === 0 ? texts.aliasNone() : lines.join('\n')));
  },
};
