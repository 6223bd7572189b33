import { decision, say } from '../decide/decision.ts';
import { followTimer } from '../decide/follow-thread.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import type { Command } from './command.ts';

export const follow: Command = {
  name: 'follow',
  usage: '/follow [off]',
  role: 'user',
  place: 'private',
  help: { en: 'tell what happens in this thread elsewhere, as it happens', zh: '持续告知该线程在别处的进展' },
  decide({ state, at, texts, voice, actor, args }) {
    const { follow: _old, ...rest } = state;
    if (args === 'off') return decision(rest, say({ ...voice, state: rest }, texts.followOff()));
    if (args !== '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    const next: ScopeState = { ...rest, follow: { since: at, by: actor.id } };
    return decision(next, [...say({ ...voice, state: next }, texts.followOn()), followTimer(at, at)]);
  },
};
