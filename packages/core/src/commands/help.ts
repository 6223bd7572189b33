import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const help: Command = {
  name: 'help',
  usage: '/help',
  help: { en: 'this list', zh: '本列表' },
  decide({ commands, state, rules, texts, voice }) {
    const lines = commands.map((command) => `- \`${command.usage}\` ${command.help[rules.language]}`);
    return decision(state, say(voice, [texts.helpTitle(), lines.join('\n')].join('\n\n')));
  },
};
