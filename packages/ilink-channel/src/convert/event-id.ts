import { createHash } from 'node:crypto';
import { idIn, isWire, listIn, numberIn, textIn, type Wire } from '../api/wire.ts';

/**
 * The platform's id of a message as exact text. Some deliveries have none; then a second key from what a redelivery repeats: sender, time,
 * the sender's own id, or the content. Never a random one: that would make every repetition a new message.
 */
export function toEventId(message: Wire): string {
  const [first] = listIn(message, 'item_list');
  const own = idIn(message, 'message_id') ?? (first && idIn(first, 'msg_id'));
  if (own !== undefined) return own;
  const clientId = textIn(message, 'client_id');
  const who = [textIn(message, 'from_user_id'), textIn(message, 'group_id'), numberIn(message, 'create_time_ms')];
  const what = clientId === undefined ? [numberIn(message, 'seq'), stable(message.item_list)] : [clientId];
  const hash = createHash('sha256').update(JSON.stringify([...who, ...what].map((part) => part ?? null)));
  return `key-${hash.digest('hex').slice(0, 32)}`;
}

/** Addresses are signed anew for every delivery. */
const changing = new Set(['full_url', 'url']);

function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (!isWire(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !changing.has(name))
      .map(([name, inner]) => [name, stable(inner)]),
  );
}
