import { decision, say } from '../decide/decision.ts';
import { toPrompt } from '../decide/to-prompt.ts';
import { firstWords } from '../texts/first-words.ts';
import type { Command } from './command.ts';

export const steer: Command = {
  name: 'steer',
  usage: '/steer TEXT',
  role: 'user',
  place: 'anywhere',
  help: { en: 'put words into the run in progress', zh: '向当前任务插入内容' },
  decide({ state, texts, voice, args, event }) {
    if (args === '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    if (state.phase.name !== 'running' || state.phase.stopping !== undefined)
      return decision(state, say(voice, texts.steerNothing({ words: firstWords(args, 40) })));
    return decision(state, [{ type: 'run.steer', run: state.phase.run, prompt: toPrompt(event, args) }]);
  },
};
