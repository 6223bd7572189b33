import type { OutboundMessage, ReplyContext } from '@threadbridge/contract';
import type { Decision } from './decision.ts';
import type { Effect } from './effect.ts';
import type { Input } from './input.ts';
import type { ScopeState } from './scope-state.ts';

/** What people read at a glance, before it goes away. */
const briefCharacters = 160;

/** What a click set going and the world had to be asked about is answered in the place of the click, too. */
export function answerLook(before: ScopeState, made: Decision, input: Input): Decision {
  const click = 'click' in input ? input.click : undefined;
  if (click === undefined) return made;
  return hasActed(before, made) ? inPlace(made, click, input.at) : aside(made, click, input.at);
}

/** Whether it did more than speak. */
export function hasActed(before: ScopeState, made: Decision): boolean {
  return made.state !== before || made.facts.length > 0 || made.effects.some((effect) => effect.type !== 'deliver');
}

/** The first thing said answers the click; the rest are messages as ever. Where the world is asked first, its answer will. */
export function inPlace(
  made: Decision,
  click: ReplyContext,
  at: number,
  complete: (message: OutboundMessage) => OutboundMessage = (message) => message,
): Decision {
  const first = made.effects.findIndex((effect) => effect.type === 'deliver');
  const said = made.effects[first];
  if (said?.type !== 'deliver') return { ...made, effects: made.effects.map((effect) => forClick(effect, click)) };
  const answer = { type: 'action.respond', message: complete(said.message), reply: click, at } as const;
  return { ...made, effects: made.effects.with(first, answer) };
}

function forClick(effect: Effect, click: ReplyContext): Effect {
  switch (effect.type) {
    case 'workspace.resolve':
    case 'threads.find':
    case 'agent.ask':
    case 'host.ask':
      return { ...effect, click };
    default:
      return effect;
  }
}

/** A few words are for whoever clicked; more, or what can be pressed again, hangs on the message that was clicked. */
export function aside(made: Decision, click: ReplyContext, at: number): Decision {
  const isAlone = made.effects.filter((effect) => effect.type === 'deliver').length === 1;
  return {
    ...made,
    effects: made.effects.map((effect): Effect => {
      if (effect.type !== 'deliver') return effect;
      const { message } = effect;
      return isAlone && isBrief(message)
        ? { type: 'action.respond', message, reply: click, at, keepsMessage: true }
        : { ...effect, reply: click, isAside: true };
    }),
  };
}

function isBrief({ markdown, actions, choices, form }: OutboundMessage): boolean {
  return markdown.length <= briefCharacters && (actions ?? choices ?? form) === undefined;
}
