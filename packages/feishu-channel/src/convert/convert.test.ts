import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecent } from '../api/recent.ts';
import type { Lookups, MessagePlace } from '../receive/lookups.ts';
import { convertContent } from './content/registry.ts';
import { fromClick } from './from-click.ts';
import { fromRecall } from './from-recall.ts';
import { fromEvent, fromItem, type InboundMessage } from './inbound.ts';
import { type ConvertOptions, toEvent } from './to-event.ts';

const captured = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./__fixtures__/${name}.json`, import.meta.url), 'utf8'));
const bot = 'ou_bot';
const inbound = (name: string): InboundMessage => {
  const message = fromEvent(captured(name));
  if (message === undefined) throw new Error('no message');
  return message;
};
const lookups: Lookups = {
  bot: async () => bot,
  chat: async () => ({ kind: 'group', isTopical: false }),
  message: async () => undefined,
  places: createRecent<MessagePlace>(10),
  placeOf: async () => ({ chat: 'oc_1', topic: 'omt_1', kind: 'group' }),
};
const options: ConvertOptions = {
  channel: 'work' as never,
  bot,
  appId: 'cli_a',
  lookups,
  signal: new AbortController().signal,
};

describe('captured messages', () => {
  it.each([
    ['text', 'ask @Ten about 构建 @all'],
    ['post', '**Weekly**\n**First** [a link](https://example.org/x)\n\n```go\nfunc main() {\n}\n```\n---\n:SMILE:'],
    ['file', ''],
    ['share-chat', '[shared group oc_0dd200d32fda15216d2c2ef1ddb32f76]'],
    ['location', '[location 浙江省杭州市 30.26 120.11]'],
    ['calendar', '[event Review, 2023-11-14T22:13:20.000Z to 2023-11-14T23:13:20.000Z]'],
    ['todo', '[task] Write tests (due 2023-11-14T22:13:20.000Z)'],
    ['vote', '[poll] Lunch?\n- Noodles\n- Rice'],
    ['system', '[notice] Ann invited Bob, Cid to this chat.'],
    ['interactive', '[card]\nBuild failed\non main\nopen\nRetry'],
  ])('of type %s read well', (name, text) => {
    expect(convertContent(inbound(name), { bot }).text).toBe(text);
  });

  it('of every other kind read well, too', () => {
    const others = captured('other-contents') as readonly {
      type: string;
      content: object;
      text: string;
      files: readonly object[];
    }[];
    for (const { type, content, text, files } of others) {
      const message = { ...inbound('text'), type, content: JSON.stringify(content), mentions: [] };
      const converted = convertContent(message, { bot });
      expect([type, converted.text]).toEqual([type, text]);
      expect(converted.attachments).toMatchObject(files);
    }
  });

  it('name the files they hold, with what is needed to fetch them', () => {
    expect(convertContent(inbound('post'), { bot }).attachments).toEqual([
      { kind: 'image', ref: { message: 'om_5ce6d572455d361153b7cb51da133945', key: 'img_v2_1', type: 'image' } },
      { kind: 'video', ref: { message: 'om_5ce6d572455d361153b7cb51da133945', key: 'file_v2_1', type: 'file' } },
    ]);
    expect(convertContent(inbound('file'), { bot }).attachments).toMatchObject([{ kind: 'file', name: 'log 1.txt' }]);
  });

  it('become events with ids of their own', async () => {
    expect(await toEvent(inbound('text'), options)).toMatchObject({
      type: 'message.received',
      id: 'message/om_5ce6d572455d361153b7cb51da133945',
      actor: { id: 'work:ou_7d8a6e6df7621556ce0d21922b676706' },
      isAddressed: true,
      at: 1_700_000_000_000,
    });
  });

  it('of a click bring token, form and time, with the topic that the platform knows', async () => {
    expect(await fromClick(captured('click'), options)).toMatchObject({
      type: 'action.invoked',
      token: 'minted',
      values: { reason: 'because' },
      scope: { id: 'work:oc_1/omt_1', kind: 'topic' },
      at: 1_700_000_000_000,
    });
  });

  it('read the same from an event and from a listing', () => {
    const event = inbound('text');
    const item = {
      message_id: event.id,
      chat_id: event.chat,
      msg_type: 'text',
      create_time: String(event.at),
      sender: { id: event.sender.id, id_type: 'open_id', sender_type: 'user' },
      body: { content: event.content },
      mentions: event.mentions,
    };
    expect(fromItem(item, 'group')).toEqual(event);
  });
});

describe('whatever comes', () => {
  const types = ['text', 'post', 'image', 'file', 'interactive', 'merge_forward', 'todo', 'vote', 'system', 'location', 'x'];
  it('is read without an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.oneof(fc.json(), fc.string()), fc.array(fc.string()), (type, content, keys) => {
        const message = { ...inbound('text'), type, content, mentions: keys.map((key) => ({ key, id: 'ou', name: '$1' })) };
        const { text, attachments } = convertContent(message, { bot, children: [message] });
        expect(typeof text).toBe('string');
        expect(Array.isArray(attachments)).toBe(true);
      }),
    );
  });

  it('as an event is read without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (data) => {
        fromEvent(data);
        fromItem(data);
        await fromClick(data, options);
        await fromRecall(data, options);
      }),
    );
  });
});
