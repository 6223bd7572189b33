import { controls, tokenOf } from '../decide/controls.ts';
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
  decide({ state, rules, texts, voice }) {
    const lines = Array.from(rules.facts.aliases.values(), (alias) => {
      const mark = alias.name === state.alias ? '→ ' : '';
      return `- ${mark}\`${alias.name}\` ${inline(alias.title)} · \`${alias.workspace}\` · \`${shortId(alias.thread)}\``;
    });
    const choices = () =>
      Array.from(rules.facts.aliases.values(), (alias) => ({
        label: alias.name,
        detail: inline(alias.title).slice(0, 60),
        token: tokenOf(voice, { type: 'command', name: 'use', args: alias.name }),
      }));
    const told = lines.length === 0 ? texts.aliasNone() : lines.join('\n');
    return decision(
      state,
      say(
        voice,
        told,
        controls(voice, () => ({ choices: choices() })),
      ),
    );
  },
};
