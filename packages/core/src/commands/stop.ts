import { leaveHeld } from '../decide/choose-way.ts';
import { decision, say } from '../decide/decision.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import { wordsOf } from '../texts/first-words.ts';
import type { Command } from './command.ts';

export const stop: Command = {
  name: 'stop',
  usage: '/stop [all]',
  role: 'guest',
  place: 'anywhere',
  help: {
    en: 'end the run in progress; `all` drops waiting and parked messages too',
    zh: '结束当前任务；`all` 同时丢弃等待和搁置的消息',
  },
  decide({ state, rules, at, texts, voice, actor, args }) {
    const { phase } = state;
    const { parked, ...rest } = state;
    const leaving = [
      ...(args === 'all' && parked !== undefined ? parked.prompts : []),
      ...(args === 'all' || (phase.name !== 'running' && phase.name !== 'held') ? state.pending : []),
    ];
    const drops = leaving.length > 0;
    const kept: ScopeState = drops ? { ...(args === 'all' ? rest : state), pending: [] } : state;
    const dropped = drops ? say(voice, texts.dropped({ count: leaving.length, words: wordsOf(leaving) })) : [];
    switch (phase.name) {
      case 'idle':
        return decision(kept, drops ? dropped : say(voice, texts.nothingRuns()));
      case 'collecting':
      case 'fetching':
        return decision({ ...kept, phase: { name: 'idle' } }, dropped);
      case 'preparing':
        return decision(phase.moved === undefined ? kept : { ...kept, phase: { name: 'idle' } }, dropped);
      case 'held': {
        const left = leaveHeld(kept, phase, actor.id, at, rules);
        return { ...left, effects: [...dropped, ...left.effects] };
      }
      case 'running':
        if (phase.stopping !== undefined) return decision(kept, [...dropped, ...say(voice, texts.alreadyStopping())]);
        return decision({ ...kept, phase: { ...phase, stopping: { reason: 'asked', by: actor.id } } }, [
          ...dropped,
          { type: 'run.interrupt', run: phase.run },
        ]);
    }
  },
};
