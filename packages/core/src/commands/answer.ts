import type { Answer, Approval } from '@threadbridge/contract';
import { chooseWay } from '../decide/choose-way.ts';
import { decision, say } from '../decide/decision.ts';
import { askWay } from '../decide/on-run-held.ts';
import type { Command } from './command.ts';
import { withNamedApproval } from './named-approval.ts';

export const answer: Command = {
  name: 'answer',
  usage: '/answer CODE TEXT',
  role: 'user',
  place: 'anywhere',
  help: { en: 'answer a question of Codex in words; one line for each question', zh: '用文字回答 Codex 的提问；每个问题一行' },
  decide(context) {
    const { state, rules, at, texts, voice, actor, args } = context;
    const { phase } = state;
    const [code, word] = args.toLowerCase().split(/\s+/);
    if (phase.name === 'held' && phase.code === code) {
      const way = phase.ways.find((one) => one === word);
      return way === undefined ? askWay(state, phase, at, rules) : chooseWay(state, phase, { way, by: actor.id, at }, rules);
    }
    return withNamedApproval(context, ({ open, give }) => {
      const text = args.slice(args.search(/\s|$/)).trim();
      const given = text === '' ? undefined : inWords(open.approval, text);
      if (given === undefined) return decision(state, say(voice, texts.usage({ usage: this.usage })));
      return give(given);
    });
  },
};

/** Words as an answer. Undefined for requests that take none; fields of a form are given as JSON. */
function inWords(approval: Approval, text: string): Answer | undefined {
  switch (approval.kind) {
    case 'userInput': {
      const lines = approval.questions.length === 1 ? [text] : text.split('\n');
      const answers = approval.questions.map((question, index) => [question.id, [lines[index]?.trim() ?? '']] as const);
      return { type: 'userInput', answers: Object.fromEntries(answers) };
    }
    case 'elicitation':
      try {
        return { type: 'elicitation', action: 'accept', content: JSON.parse(text) };
      } catch {
        return undefined;
      }
    case 'toolCall':
      return { type: 'toolResult', isSuccess: true, text };
    case 'command':
    case 'fileChange':
    case 'permissions':
      return undefined;
  }
}
