import { say } from '../decide/decision.ts';
import { goOnMoved } from '../decide/look-before-run.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import { forgetDocument } from '../policy/bound-thread.ts';
import type { Command } from './command.ts';

export const newThread: Command = {
  name: 'new',
  also: ['reset'],
  usage: '/new',
  role: 'guest',
  place: 'anywhere',
  help: { en: 'start a new thread with the next message', zh: '下一条消息开启新线程' },
  decide({ state, rules, at, texts, voice }) {
    const { alias: _alias, ...rest } = state;
    const next: ScopeState = { ...rest, bindings: {} };
    const said = say(voice, state.phase.name === 'running' ? texts.newThreadWhileRunning() : texts.newThread());
    const gone = goOnMoved(next, undefined, at, rules);
    return { ...gone, effects: [...said, ...gone.effects], facts: forgetDocument(state) };
  },
};
