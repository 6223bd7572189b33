import { decision, say } from '../decide/decision.ts';
import { takePrompt } from '../decide/take-prompt.ts';
import { toPrompt } from '../decide/to-prompt.ts';
import { inline } from '../texts/visible.ts';
import type { Command } from './command.ts';

export const send: Command = {
  name: 'send',
  usage: '/send NAME TEXT',
  role: 'user',
  place: 'private',
  help: { en: 'ask a named thread once, in its own directory, without switching', zh: '不切换线程，向已命名的线程发送一次' },
  decide({ state, rules, at, texts, voice, args, event }) {
    const [name = ''] = args.split(/\s/, 1);
    const text = args.slice(name.length).trim();
    if (text === '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    const known = rules.facts.aliases.get(name);
    if (known === undefined) return decision(state, say(voice, texts.aliasUnknown({ name: inline(name) })));
    const target = { alias: known.name, thread: known.thread, workspace: known.workspace };
    return takePrompt(state, { ...toPrompt(event, text), target }, at, rules);
  },
};
