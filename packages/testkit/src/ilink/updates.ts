import { createHash } from 'node:crypto';
import type { IlinkMessage } from './ilink-message.ts';
import { type Bot, personOf, type World } from './world.ts';

/** Puts a message into a bot's feed as the person's own act: a fresh context token, a whole budget. */
export function deliver(world: World, bot: Bot, message: IlinkMessage): IlinkMessage {
  bot.feed.push(message);
  bot.wake();
  world.changed();
  return message;
}

/** A person wrote: gives the context token that answers must carry. */
export function wrote(world: World, bot: Bot, user: string): string {
  const person = personOf(bot, user);
  const now = world.clock.now();
  const token = `ctx-${world.nextId().toString(36)}`;
  person.tokens.set(token, now);
  person.lastWroteAt = now;
  person.used = 0;
  return token;
}

/** One long poll. */
export async function getUpdates(world: World, bot: Bot, cursor: unknown, closed: AbortSignal): Promise<Record<string, unknown>> {
  const position = positionOf(world, bot, cursor);
  bot.polls += 1;
  if (bot.polls > 1) world.mistake('getupdates: two polls at once for one bot; they steal each other’s messages.');
  try {
    if (position === bot.feed.length) await held(world, bot, closed);
  } finally {
    bot.polls -= 1;
    world.changed();
  }
  if (bot.isExpired) return { ret: -14, errcode: -14, errmsg: 'session timeout' };
  const msgs = bot.feed.slice(position);
  bot.answered = Math.max(bot.answered, bot.feed.length);
  return {
    ret: 0,
    msgs,
    get_updates_buf: cursorAt(bot, bot.feed.length),
    ...(world.rules.hintMs !== undefined && { longpolling_timeout_ms: world.rules.hintMs }),
  };
}

function held(world: World, bot: Bot, closed: AbortSignal): Promise<void> {
  const over = new AbortController();
  return new Promise<void>((resolve) => {
    bot.wake = resolve;
    for (const signal of [closed, world.signal]) {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
    }
    void world.clock.sleep(world.rules.holdMs, over.signal).then(resolve);
    world.changed();
  }).finally(() => over.abort());
}

function positionOf(world: World, bot: Bot, cursor: unknown): number {
  const first = world.rules.repeatsAnswered ? 0 : bot.answered;
  if (cursor === '') return first;
  const [owner, position] = typeof cursor === 'string' ? Buffer.from(cursor, 'base64').toString().split('|') : [];
  if (owner !== markOf(bot) || position === undefined) {
    world.mistake('getupdates: the cursor is none that this bot was given.');
    return first;
  }
  return Math.max(first, Number(position));
}

function cursorAt(bot: Bot, position: number): string {
  return Buffer.from(`${markOf(bot)}|${position}`).toString('base64');
}

/** Names a login without telling it, since cursors are stored where tokens must not be. */
function markOf({ token }: Bot): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
