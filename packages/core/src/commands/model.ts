import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const model: Command = {
  name: 'model',
  usage: '/model [NAME]',
  role: 'user',
  place: 'private',
  help: { en: 'choose the model for this place; alone it lists them', zh: '选择这里使用的模型；不带名称则列出' },
  decide({ state, actor, args }) {
    return decision(state, [{ type: 'agent.ask', ask: { what: 'models', by: actor.id, ...(args !== '' && { wanted: args }) } }]);
  },
};
