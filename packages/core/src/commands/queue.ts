import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const queue: Command = {
  name: 'queue',
  usage: '/queue',
  role: 'guest',
  place: 'anywhere',
  help: { en: 'what waits: your messages for Codex, and mine for you', zh: '查看等待中的消息' },
  decide({ state, texts, voice }) {
    const held = state.ledger?.held.length ?? 0;
    const prompts = state.pending.map((prompt, index) => `${index + 1}. ${excerpt(prompt.text)}`);
    const line = state.phase.name === 'running' ? state.phase.line : undefined;
    const lines = [
      ...(line ? [texts.statusLine(line)] : []),
      texts.statusQueue({ count: state.pending.length }),
      ...prompts,
      ...(held > 0 ? [texts.heldReplies({ count: held })] : []),
    ];
    return decision(state, say(voice, lines.join('\n')));
  },
};

function excerpt(text: string): string {
  const flat = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  return flat.length > 60 ? `${flat.slice(0, 60).join('')}…` : flat.join('');
}
