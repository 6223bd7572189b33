import { isObject, stringField } from '../model/json.ts';
import { decrypt } from './aes.ts';
import type { ShownMessage } from './ilink-message.ts';
import { type Bot, type Person, personOf, type World } from './world.ts';

type Answer = Record<string, unknown>;

/** Fields the service's own client never sends; some make a message vanish. */
const forbidden = ['full_url', 'aeskey', 'create_time_ms', 'update_time_ms', 'msg_id', 'ref_msg', 'url'];

/** `sendmessage`: what the service says to it, and what people see. `fate` comes from a fault. */
export function sendMessage(
  world: World,
  bot: Bot,
  body: unknown,
  fate: { readonly hasId: boolean; readonly isShown: boolean },
): Answer {
  const message = isObject(body) && isObject(body.msg) ? body.msg : {};
  const to = stringField(message, 'to_user_id');
  const items = Array.isArray(message.item_list) ? message.item_list : [];
  const clientId = stringField(message, 'client_id');
  checkMessage(world, message, items, clientId);
  if (!/^[^:\s]+@im\.wechat$/.test(to)) return refuse(world, -3, 'invalid argument');
  if (items.length === 0) return refuse(world, -2, 'prepare failed');
  if (items.length > 1) return refuse(world, -3, 'invalid argument');

  const person = personOf(bot, to);
  const now = world.clock.now();
  const text = isObject(items[0]) && isObject(items[0].text_item) ? stringField(items[0].text_item, 'text') : undefined;
  if (text !== undefined && Buffer.byteLength(text) > world.rules.maxTextBytes) return refuse(world, -2, 'prepare failed');
  const late = overdrawn(world, person, now);
  if (late !== undefined) return late;

  const token = stringField(message, 'context_token');
  const isKnown = person.tokens.has(token);
  if (!isKnown) {
    world.mistake('sendmessage: the context_token is missing, or none that this person’s messages brought.');
    if (world.rules.tokenlessSend === 'refuse') return refuse(world, -2, 'prepare failed');
  }

  const shown = show(world, items[0], { id: world.nextId(), to, clientId, at: now });
  person.used += 1;
  person.sendTimes.push(now);
  const isSwallowed = (!isKnown && world.rules.tokenlessSend === 'swallow') || !fate.isShown;
  if (isSwallowed || shown === undefined) return { ret: 0 };
  world.shown.push(shown);
  world.changed();
  return fate.hasId ? { ret: 0, message_id: world.rules.idsAsText ? String(shown.id) : shown.id } : { ret: 0 };
}

function overdrawn(world: World, person: Person, now: number): Answer | undefined {
  const { throttle, budget, windowMs } = world.rules;
  if (throttle !== undefined) {
    const recent = person.sendTimes.filter((at) => at > now - throttle.perMs);
    if (now < person.throttledUntil || recent.length >= throttle.messages) {
      // An attempt during the penalty prolongs it.
      person.throttledUntil = now + throttle.penaltyMs;
      return refuse(world, -2, 'rate limited');
    }
  }
  const isLate = person.lastWroteAt === undefined || now - person.lastWroteAt > windowMs;
  return isLate || person.used >= budget ? refuse(world, -2, 'prepare failed') : undefined;
}

function refuse(world: World, ret: number, errmsg: string): Answer {
  world.refusals.push({ endpoint: 'sendmessage', ret, at: world.clock.now() });
  return { ret, errmsg };
}

function checkMessage(
  world: World,
  message: Readonly<Record<string, unknown>>,
  items: readonly unknown[],
  clientId: string,
): void {
  const wrong = (what: string) => world.mistake(`sendmessage: ${what}`);
  if (message.from_user_id !== '') wrong('from_user_id is not empty.');
  if (message.message_type !== 2) wrong('message_type is not 2.');
  if (message.message_state !== 2) wrong('message_state is not 2.');
  if (clientId === '') wrong('client_id is missing.');
  else if (world.shown.some((one) => one.clientId === clientId))
    wrong(`client_id ${clientId} was shown already: the message is sent twice.`);
  if (items.length > 1) wrong('more than one item.');
  for (const name of fieldNames(items))
    if (forbidden.includes(name)) wrong(`an item carries ${name}, which the service’s client never sends.`);
}

function fieldNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldNames(inner)]);
}

const mediaItems = [
  { type: 2, field: 'image_item', kind: 'image', upload: 1, size: 'mid_size' },
  { type: 4, field: 'file_item', kind: 'file', upload: 3, size: 'len' },
  { type: 5, field: 'video_item', kind: 'video', upload: 2, size: 'video_size' },
] as const;

/** Undefined: accepted, and never seen on the phone. */
function show(world: World, item: unknown, frame: Omit<ShownMessage, 'text' | 'media'>): ShownMessage | undefined {
  const wrong = (what: string) => world.mistake(`sendmessage: ${what}`);
  if (!isObject(item)) return undefined;
  if (item.type === 1) {
    const text = stringField(item.text_item, 'text');
    if (text === '') wrong('an empty text.');
    return { ...frame, text };
  }
  const rule = mediaItems.find((one) => one.type === item.type);
  const body = rule && item[rule.field];
  if (rule === undefined || !isObject(body) || !isObject(body.media)) {
    wrong(`an item of type ${String(item.type)} that phones do not show.`);
    return undefined;
  }
  const handle = stringField(body.media, 'encrypt_query_param');
  const file = world.files.get(handle);
  if (file?.key === undefined) {
    wrong('encrypt_query_param is no handle that an upload gave.');
    return undefined;
  }
  if (file.mediaType !== rule.upload) wrong(`a ${rule.kind} that was uploaded as media_type ${String(file.mediaType)}.`);
  if (file.to !== frame.to) wrong('a file that was uploaded for somebody else.');
  if (body.media.encrypt_type !== 1) wrong('encrypt_type is not 1.');
  if (stringField(body.media, 'aes_key') !== Buffer.from(file.key, 'latin1').toString('base64')) {
    wrong('aes_key is not base64 of the 32 hex digits; phones show a grey picture.');
    return undefined;
  }
  const bytes = decrypt(file.sealed, Buffer.from(file.key, 'hex'));
  const size = rule.kind === 'file' ? String(bytes.length) : file.sealed.length;
  if (body[rule.size] !== size) wrong(`${rule.field}.${rule.size} is not ${String(size)}.`);
  const name = stringField(body, 'file_name');
  if (rule.kind === 'file' && name === '') wrong('file_item.file_name is missing.');
  return { ...frame, media: { kind: rule.kind, bytes, ...(name !== '' && { name }) } };
}
