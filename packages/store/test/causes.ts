import {
  actorId,
  asId,
  type ChannelId,
  type Cursor,
  type EffectKey,
  type EventId,
  type Scope,
  scopeId,
} from '@threadbridge/contract';
import { type EffectRow, eventInputId, type Input, initialState, type ScopeState } from '@threadbridge/core';

const channel = asId<ChannelId>('chat');
const scope = { id: scopeId(channel, 'room'), channel, kind: 'private', title: 'Room' } as const;
const actor = { id: actorId(channel, 'ann'), name: 'Ann' };

export interface Causes {
  readonly channel: ChannelId;
  readonly cursor: Cursor;
  readonly scope: Scope;
  readonly input: Input;
  readonly state: ScopeState;
  readonly effect: EffectRow;
}

/** What message number `n` of one conversation causes: the input, the position in the feed, the state that follows, the answer. */
export function causes(n: number): Causes {
  const at = 1_700_000_000_000 + n;
  const text = `Message ${n}: why does the build fail on the second machine but not on the first?`;
  const reply = { message: `m${n}` };
  const id = eventInputId(channel, `${n}`);
  const event = {
    type: 'message.received',
    id: asId<EventId>(`${n}`),
    scope,
    actor,
    reply,
    at,
    text,
    attachments: [],
    isAddressed: true,
  } as const;
  const input: Input = { id, scope, at, type: 'message.received', event };
  const effect: EffectRow = {
    key: `${id}:0` as EffectKey,
    scope,
    effect: { type: 'deliver', message: { markdown: text }, reply, purpose: 'reply', at },
  };
  const state: ScopeState = { ...initialState(scope), runs: n, reply };
  return { channel, cursor: asId<Cursor>(`${n}`), scope, input, state, effect };
}
