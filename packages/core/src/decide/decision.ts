import type { OutboundControls, OutboundMessage, ReplyContext, SendPurpose } from '@threadbridge/contract';
import type { AuditEntry } from './audit.ts';
import type { Effect } from './effect.ts';
import type { FactChange } from './facts.ts';
import type { Input } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** What a decision comes to: the next state and what is to be done. A value. */
export interface Decision {
  readonly state: ScopeState;
  readonly effects: readonly Effect[];
  readonly facts: readonly FactChange[];
  /** Facts for other conversations. */
  readonly inputs: readonly Input[];
  readonly audit: readonly AuditEntry[];
}

/** A decision, with nothing in what is not given. */
export function decision(
  state: ScopeState,
  effects: readonly Effect[] = [],
  more: Partial<Omit<Decision, 'state' | 'effects'>> = {},
): Decision {
  return { state, effects, facts: [], inputs: [], audit: [], ...more };
}

/** What is needed to say something: the rules of the channel, the place, the moment. */
export interface Voice {
  readonly state: ScopeState;
  readonly rules: Rules;
  readonly at: number;
  /** Default: what the latest message brought. */
  readonly reply?: ReplyContext;
}

/** Says a text, in as many messages as the channel needs; controls go with the last one. */
export function say(
  voice: Voice,
  markdown: string,
  extra: OutboundControls & { readonly purpose?: SendPurpose; readonly isNotice?: true } = {},
): readonly Effect[] {
  const channel = voice.rules.channels.get(voice.state.scope.channel);
  const parts = channel?.split(markdown) ?? [markdown];
  return parts.map((part, index): Effect => {
    const isLast = index === parts.length - 1;
    const message: OutboundMessage = { markdown: part, ...(isLast && controlsIn(extra)) };
    return {
      type: 'deliver',
      message,
      reply: voice.reply ?? voice.state.reply,
      purpose: extra.purpose ?? 'reply',
      at: voice.at,
      ...(voice.reply !== undefined && { isAside: true }),
      ...(extra.isNotice && { isNotice: true }),
    };
  });
}

function controlsIn({ actions, choices, form }: OutboundControls): OutboundControls {
  return { ...(actions && { actions }), ...(choices && { choices }), ...(form && { form }) };
}
