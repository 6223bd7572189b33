import { rowsFor } from '../decide/controls.ts';
import { decision, say } from '../decide/decision.ts';
import { shortId } from '../texts/short-id.ts';
import { inline } from '../texts/visible.ts';
import type { Command } from './command.ts';

export const list: Command = {
  name: 'list',
  usage: '/list',
  role: 'user',
  place: 'private',
  help: { en: 'list the named threads', zh: '列出已命名的线程' },
  decide({ state, rules, texts, voice, actor }) {
    const aliases = [...rules.facts.aliases.values()];
    const lines = aliases.map((alias) => {
      const mark = alias.name === state.alias ? '→ ' : '';
      return `- ${mark}\`${alias.name}\` ${inline(alias.title)} · \`${alias.workspace}\` · \`${shortId(alias.thread)}\``;
    });
    const rows = aliases.map(({ name, title }) => ({ label: name, detail: inline(title).slice(0, 60), name: 'use', args: name }));
    const told = lines.length === 0 ? texts.aliasNone() : lines.join('\n');
    return decision(state, say(voice, told, rowsFor(voice, actor.id, rows)));
  },
};
