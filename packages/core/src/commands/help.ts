import { controls, tokenOf } from '../decide/controls.ts';
import { decision, say } from '../decide/decision.ts';
import { authorizeCommand } from '../policy/authorize-command.ts';
import type { Command } from './command.ts';

export const help: Command = {
  name: 'help',
  usage: '/help',
  role: 'guest',
  place: 'anywhere',
  help: { en: 'this list', zh: '本列表' },
  decide({ commands, state, rules, texts, voice, role, event }) {
    const open = commands.filter((command) => authorizeCommand(command, role, event.scope).allowed);
    const lines = open.map((command) => `- \`${command.usage}\` ${command.help[rules.language]}`);
    const told = [texts.helpTitle(), lines.join('\n')].join('\n\n');
    // Those that need no words of their own and change nothing.
    const shown = open.filter((command) => ['status', 'threads', 'list', 'queue'].includes(command.name));
    const actions = () =>
      shown.map(({ name, help }) => ({ label: help[rules.language], token: tokenOf(voice, { type: 'command', name }) }));
    return decision(
      state,
      say(
        voice,
        told,
        controls(voice, () => ({ actions: actions() })),
      ),
    );
  },
};
