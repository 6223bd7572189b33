import { isObject, stringField } from '../model/json.ts';
import { type Bot, personOf, type World } from './world.ts';

/** `getconfig`: a ticket for the typing sign. */
export function getConfig(world: World, bot: Bot, body: unknown): Record<string, unknown> {
  const user = stringField(body, 'ilink_user_id');
  if (user === '') {
    world.mistake('getconfig: ilink_user_id is missing.');
    return { ret: -2, errmsg: 'ilink_user_id required' };
  }
  const person = personOf(bot, user);
  if (person.lastWroteAt === undefined) return { ret: -4, errmsg: 'no ticket' };
  const ticket = Buffer.from(`ticket ${world.nextId()}`).toString('base64');
  person.tickets.add(ticket);
  return { ret: 0, typing_ticket: ticket };
}

/** `sendtyping`. */
export function sendTyping(world: World, bot: Bot, body: unknown): Record<string, unknown> {
  const user = stringField(body, 'ilink_user_id');
  const status = isObject(body) ? body.status : undefined;
  const person = personOf(bot, user);
  // A ticket stays in use when fetching the next one failed.
  if (!person.tickets.has(stringField(body, 'typing_ticket'))) {
    world.mistake('sendtyping: the ticket is none that getconfig gave for this person.');
    return { ret: -3, errmsg: 'invalid argument' };
  }
  if (status !== 1 && status !== 2) {
    world.mistake('sendtyping: status is neither 1 nor 2.');
    return { ret: -3, errmsg: 'invalid argument' };
  }
  person.isTyping = status === 1;
  world.changed();
  return { ret: 0 };
}
