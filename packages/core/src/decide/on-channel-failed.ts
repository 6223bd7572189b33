import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Another channel needs a person: an owner is told where the owner still can be reached. */
export function onChannelFailed(state: ScopeState, input: InputOf<'channel.failed'>, rules: Rules): Decision {
  const { channel, code, reason, at } = input;
  const { profileFlag = '' } = rules;
  const texts = textsIn(rules.language);
  const told =
    code === 'channel.unauthorized'
      ? texts.channelNeedsLogin({ channel, profileFlag })
      : texts.channelFailed({ channel, reason });
  return decision(state, say({ state, rules, at }, told, { isNotice: true }));
}
