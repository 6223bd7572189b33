import { type ActionInvoked, actorId, asId, type EventId, type MessageReceived } from '@threadbridge/contract';
import { numberAt, objectAt, textAt } from '../json.ts';
import { toScope, writeReply } from '../scope.ts';
import type { ConvertOptions } from './to-event.ts';

/** What a button of ours carries: an action token, or a command that pressing it says. */
export type ButtonValue =
  /** `isLive`: it stands on a card that others go on changing. */
  | { readonly token: string; readonly isLive?: true }
  /** `input`: the field of the form whose text follows the command. */
  | { readonly say: string; readonly input?: string };

/** `card.action.trigger`. Undefined where the button is none of ours. */
export async function fromClick(data: unknown, options: ConvertOptions): Promise<ActionInvoked | MessageReceived | undefined> {
  const context = objectAt(data, 'context');
  const message = textAt(context, 'open_message_id') ?? textAt(data, 'open_message_id');
  const chat = textAt(context, 'open_chat_id') ?? textAt(data, 'open_chat_id');
  const person = textAt(objectAt(data, 'operator'), 'open_id') ?? textAt(data, 'open_id');
  const id = textAt(data, 'event_id');
  if (message === undefined || chat === undefined || person === undefined || id === undefined) return undefined;
  const action = objectAt(data, 'action');
  const value = objectAt(action, 'value') ?? {};
  const form = objectAt(action, 'form_value');
  // Where the card stands is asked of the platform: what the click carries could have been made up.
  const place = await options.lookups.placeOf(message, options.signal);
  const kind = place?.kind ?? (await options.lookups.chat(chat, options.signal))?.kind ?? 'group';
  const topic = place?.chat === chat ? place.topic : undefined;
  const scope = toScope(options.channel, { type: 'chat', chat, ...(topic !== undefined && { topic }) }, { kind });
  const click = { id, ...(value.isLive === true && { isLive: true as const }) };
  const base = {
    id: asId<EventId>(`click/${id}`),
    scope,
    actor: { id: actorId(options.channel, person) },
    reply: writeReply({ message, click }),
    at: toMs(numberAt(data, 'create_time') ?? 0),
  };
  const token = textAt(value, 'token');
  if (token !== undefined) {
    return { ...base, type: 'action.invoked', token, ...(form !== undefined && { values: form }) };
  }
  const say = textAt(value, 'say');
  if (say === undefined) return undefined;
  const input = textAt(form, textAt(value, 'input') ?? '');
  if (value.input !== undefined && input === undefined) return undefined;
  const text = input === undefined ? say : `${say} ${input}`;
  return { ...base, type: 'message.received', text, attachments: [], isAddressed: true };
}

/** The header of clicks counts microseconds, those of other events milliseconds. */
function toMs(time: number): number {
  return time > 1e14 ? Math.floor(time / 1_000) : time;
}
