import { decision, say } from '../decide/decision.ts';
import { unpark } from '../decide/park-run.ts';
import type { Prompt } from '../decide/prompt.ts';
import type { Parked } from '../decide/scope-state.ts';
import { firstWords } from '../texts/first-words.ts';
import { moment } from '../texts/moment.ts';
import type { Texts } from '../texts/texts.ts';
import type { Command } from './command.ts';

export const queue: Command = {
  name: 'queue',
  usage: '/queue [resume]',
  role: 'guest',
  place: 'anywhere',
  help: {
    en: 'what waits: your messages for Codex, and mine for you; `resume` sends on what a usage limit stopped',
    zh: '查看等待中的消息；`resume` 继续因用量上限搁置的消息',
  },
  decide({ state, rules, at, texts, voice, args }) {
    if (args === 'resume') return unpark(state, at, rules);
    const { parked } = state;
    const held = state.ledger?.held.length ?? 0;
    const prompts = state.pending.map((prompt, index) => `${index + 1}. ${excerpt(prompt)}`);
    const line = state.phase.name === 'running' ? state.phase.line : undefined;
    const lines = [
      ...(line ? [texts.statusLine(line)] : []),
      texts.statusQueue({ count: state.pending.length }),
      ...prompts,
      ...(parked ? [statusParked(parked, texts), ...parked.prompts.map((prompt) => `- ${excerpt(prompt)}`)] : []),
      ...(held > 0 ? [texts.heldReplies({ count: held })] : []),
    ];
    return decision(state, say(voice, lines.join('\n')));
  },
};

/** What a usage limit stopped, and since when it may go on. */
export function statusParked(parked: Parked, texts: Texts): string {
  const { status, prompts, resetsAt } = parked;
  return texts.statusParked({ status, count: prompts.length, ...(resetsAt !== undefined && { resets: moment(resetsAt) }) });
}

function excerpt({ text, target }: Prompt): string {
  const words = firstWords(text, 60);
  return target === undefined ? words : `\`${target.alias}\` ← ${words}`;
}
