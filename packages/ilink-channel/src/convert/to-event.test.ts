import { readFileSync } from 'node:fs';
import { asId, type ChannelId } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWire } from '../api/parse-wire.ts';
import type { Wire } from '../api/wire.ts';
import { chosenPart } from './items/quote.ts';
import { toEvent } from './to-event.ts';

const context = { channel: asId<ChannelId>('wechat'), accountId: 'b0a1c2d3e4f5@im.bot', login: '0a1b', now: 5, leadMs: 0 };
const fixture = (name: string) =>
  parseWire(readFileSync(new URL(`./__fixtures__/${name}.json`, import.meta.url), 'utf8')) as Wire;

it('tells when it was written by our own clock, where the service’s goes differently', () => {
  const written = toEvent(
    { from_user_id: 'o1@im.wechat', message_id: 7, create_time_ms: 1_000_000 },
    { ...context, leadMs: -400 },
  );
  expect(written?.at).toBe(999_600);
  expect(toEvent({ from_user_id: 'o1@im.wechat', message_id: 8 }, { ...context, leadMs: -400 })?.at).toBe(5);
});

it('reads a text', () => {
  expect(toEvent(fixture('text'), context)).toEqual({
    type: 'message.received',
    id: '7391200000000000001',
    message: '7391200000000000001',
    scope: { id: 'wechat:o9cq80EXAMPLE@im.wechat', channel: 'wechat', kind: 'private' },
    actor: { id: 'wechat:o9cq80EXAMPLE@im.wechat' },
    reply: { contextToken: 'AARzEXAMPLE==', login: '0a1b' },
    at: 1763712000123,
    text: 'why does the build fail?',
    attachments: [],
    isAddressed: true,
  });
});

it('returns every item: texts in lines, each file as an attachment, nothing for what nobody knows', () => {
  const key = '00112233445566778899aabbccddeeff';
  expect(toEvent(fixture('mixed'), context)).toMatchObject({
    text: 'look at these\nthanks',
    attachments: [
      { kind: 'image', ref: { handle: 'IMG', key } },
      { kind: 'audio', mediaType: 'audio/silk', transcript: 'and run the tests', ref: { handle: 'VOICE', key } },
      { kind: 'file', name: '../../etc/passwd', sizeBytes: 12, ref: { handle: 'FILE', key, sizeBytes: 12 } },
      { kind: 'video', ref: { handle: 'VIDEO', key } },
    ],
  });
});

it('names the quoted message by its exact id, with the very part that was chosen', () => {
  expect(toEvent(fixture('quote'), context)).toMatchObject({
    text: 'what does this mean?',
    quote: { id: '7391200000000000002', text: 'the tests failed' },
  });
});

it('ignores the bot’s own messages, and those of nobody', () => {
  const text = fixture('text');
  expect(toEvent({ ...text, message_type: 2 }, context)).toBeUndefined();
  expect(toEvent({ ...text, from_user_id: context.accountId }, context)).toBeUndefined();
  expect(toEvent({ ...text, from_user_id: '' }, context)).toBeUndefined();
});

it('makes a scope of its own for a group, in which the bot was not addressed', () => {
  const event = toEvent({ ...fixture('text'), group_id: 'g1@chatroom' }, context);
  expect(event).toMatchObject({ scope: { id: 'wechat:group:g1@chatroom', kind: 'group' }, isAddressed: false });
});

describe('a message without an id', () => {
  it('gets the same key at every delivery, although tokens and addresses change', () => {
    const first = fixture('without-id');
    const again = parseWire(JSON.stringify(first).replace('t=1', 't=2').replace('AARzEXAMPLE==', 'AARzOTHER=='));
    const id = toEvent(first, context)?.id;
    expect(id).toMatch(/^key-[0-9a-f]{32}$/);
    expect(toEvent(again as Wire, { ...context, now: 99, leadMs: 0 })?.id).toBe(id);
    expect(toEvent({ ...first, create_time_ms: 1763712000124 }, context)?.id).not.toBe(id);
    expect(toEvent({ ...first, from_user_id: 'other@im.wechat' }, context)?.id).not.toBe(id);
  });

  it('goes by the id of its first item, or the sender’s own', () => {
    const text = fixture('text');
    expect(
      toEvent({ ...text, message_id: undefined, item_list: [{ type: 1, msg_id: '77', text_item: { text: 'x' } }] }, context)?.id,
    ).toBe('77');
    const byClient = toEvent({ ...text, message_id: '' }, context)?.id;
    expect(toEvent({ ...text, message_id: '', seq: 99 }, context)?.id).toBe(byClient);
    expect(toEvent({ ...text, message_id: '', client_id: 'other' }, context)?.id).not.toBe(byClient);
  });
});

describe('a chosen part', () => {
  const whole = 'aXb aXb aXb';
  it('without a text to look in is its two ends', () => {
    expect(chosenPart(undefined, { start: 'aX', end: 'Xb' })).toBe('aX…Xb');
  });
  it('without a checksum counts both ends from the beginning', () => {
    expect(chosenPart(whole, { start: 'a', end: 'b', startindex: 1, endindex: 2 })).toBe('aXb aXb');
  });
  it('that fits nowhere is none', () => {
    expect(chosenPart(whole, { start: 'a', end: 'b', quotemd5: '0'.repeat(32) })).toBeUndefined();
    expect(chosenPart(whole, { start: 'z', end: 'b' })).toBeUndefined();
  });
});

it('never throws, whatever the service says', () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.constantFrom('item_list', 'message_id', 'create_time_ms', 'context_token', 'group_id'),
      (value, name) => {
        toEvent({ ...fixture('mixed'), [name]: value }, context);
        toEvent({ ...fixture('text'), message_id: undefined, [name]: value }, context);
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          type: fc.integer({ min: 0, max: 12 }),
          text_item: fc.anything(),
          image_item: fc.anything(),
          file_item: fc.anything(),
          ref_msg: fc.anything(),
        }),
      ),
      (items) => {
        toEvent({ ...fixture('text'), item_list: items }, context);
      },
    ),
  );
});
