import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeFeishu, type FakeFeishuOptions, startFakeFeishu } from '../src/feishu/index.ts';

/** The part of the real SDK that is used here. Its own types cost seconds to read. */
interface Sdk {
  readonly Client: new (
    options: object,
  ) => { request(config: object): Promise<{ code: number; data?: Record<string, unknown> }> };
  readonly WSClient: new (
    options: object,
  ) => { start(options: object): Promise<void>; close(options: object): void; getConnectionStatus(): { state: string } };
  readonly EventDispatcher: new (options: object) => { register(handlers: Record<string, (data: never) => unknown>): unknown };
  readonly DefaultCache: new () => object;
}
const sdk = createRequire(import.meta.url)('@larksuiteoapi/node-sdk') as Sdk;
const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const disposers: (() => unknown)[] = [];
afterEach(async () => {
  for (const dispose of disposers.splice(0).reverse()) await dispose();
});

async function open(options: FakeFeishuOptions = {}) {
  const fake = await startFakeFeishu(options);
  disposers.push(() => fake.close());
  const app = { appId: fake.app.id, appSecret: fake.app.secret, domain: fake.url, logger };
  const client = new sdk.Client({ ...app, cache: new sdk.DefaultCache() });
  const call = (method: string, url: string, data?: object, params?: object) =>
    client.request({ method, url: `/open-apis/${url}`, data, params, validateStatus: () => true, proxy: false });
  return { fake, app, call };
}

async function listen(fake: FakeFeishu, app: object, handlers: Record<string, (data: never) => unknown>) {
  const socket = new sdk.WSClient({ ...app, wsConfig: { pingTimeout: 0.2 } });
  disposers.push(() => socket.close({ force: true }));
  await socket.start({ eventDispatcher: new sdk.EventDispatcher({ logger }).register(handlers) });
  await fake.until(() => fake.connections.open > 0);
  return socket;
}

const text = (words: string) => JSON.stringify({ text: words });

describe('the long connection', () => {
  it('brings what people write to the real client, and sees its answer', async () => {
    const { fake, app } = await open();
    const seen: unknown[] = [];
    await listen(fake, app, { 'im.message.receive_v1': (data) => void seen.push(data) });
    const message = fake.say('hello @Ann', { mentions: [{ id: 'ou_ann', name: 'Ann' }] });
    await fake.until(() => fake.connections.deliveries[0]?.acknowledgement !== undefined);
    expect(seen).toMatchObject([
      {
        event_type: 'im.message.receive_v1',
        message: { message_id: message.id, chat_type: 'p2p', content: text('hello @_user_1'), mentions: [{ name: 'Ann' }] },
        sender: { sender_type: 'user', sender_id: { open_id: fake.owner } },
      },
    ]);
    expect(fake.connections.deliveries[0]?.acknowledgement?.code).toBe(200);
    expect(fake.mistakes).toEqual([]);
  });

  it('puts fragments together whatever their order', async () => {
    const { fake, app } = await open();
    const seen: string[] = [];
    await listen(fake, app, {
      'im.message.receive_v1': (data: { message: { content: string } }) => void seen.push(data.message.content),
    });
    fake.say('in three parts', { fragments: 3 });
    await fake.until(() => fake.connections.deliveries[0]?.acknowledgement !== undefined);
    expect(seen).toEqual([text('in three parts')]);
  });

  it('delivers again what a handler failed to take, as soon as somebody connects anew', async () => {
    const { fake, app } = await open();
    let isBroken = true;
    let count = 0;
    await listen(fake, app, {
      'im.message.receive_v1': () => {
        count += 1;
        if (isBroken) throw new Error('full');
      },
    });
    fake.say('again, please');
    await fake.until(() => fake.connections.deliveries[0]?.attempts === 1 && count === 1);
    isBroken = false;
    fake.connections.drop();
    await fake.until(() => fake.connections.deliveries[0]?.acknowledgement?.code === 200);
    expect(count).toBe(2);
  });

  it('can go deaf: the client sees no pong and connects anew', async () => {
    const { fake, app } = await open({ clientConfig: { PingInterval: 0.5 } });
    await listen(fake, app, {});
    fake.connections.deafen();
    await fake.until(() => fake.connections.connects >= 2);
    expect(fake.connections.connects).toBeGreaterThanOrEqual(2);
  });

  it('gives the answer of a click to whoever clicked', async () => {
    const { fake, app, call } = await open();
    await listen(fake, app, { 'card.action.trigger': () => ({ toast: { type: 'success', content: 'Noted.' } }) });
    const chat = fake.say('hi').chat;
    const button = {
      tag: 'button',
      text: { tag: 'plain_text', content: 'Allow' },
      behaviors: [{ type: 'callback', value: { a: 1 } }],
    };
    const content = JSON.stringify({ schema: '2.0', body: { elements: [button] } });
    const body = { receive_id: chat, msg_type: 'interactive', content, uuid: 'u1' };
    await call('POST', 'im/v1/messages', body, { receive_id_type: 'chat_id' });
    expect(await fake.click('Allow')).toEqual({ code: 0, toast: { type: 'success', content: 'Noted.' } });
  });
});

describe('messages', () => {
  it('are made once for one uuid, within the hour', async () => {
    let now = 1_700_000_000_000;
    const { fake, call } = await open({ clock: { now: () => now, sleep: () => new Promise(() => {}) } });
    const { chat } = fake.say('hi');
    const body = { receive_id: chat, msg_type: 'text', content: text('once'), uuid: 'same' };
    const send = () => call('POST', 'im/v1/messages', body, { receive_id_type: 'chat_id' });
    const first = await send();
    expect((await send()).data?.message_id).toBe(first.data?.message_id);
    now += 3_600_001;
    expect((await send()).data?.message_id).not.toBe(first.data?.message_id);
    expect(fake.sent.map((one) => one.text)).toEqual(['once', 'once']);
  });

  it('may get lost on the way back, and come too often', async () => {
    const { fake, call } = await open();
    const { id } = fake.say('hi');
    fake.fail('message.reply', { type: 'drop', isProcessed: true });
    const reply = (uuid: string) => call('POST', `im/v1/messages/${id}/reply`, { msg_type: 'text', content: text('a'), uuid });
    await expect(reply('k')).rejects.toThrow();
    expect((await reply('k')).code).toBe(0);
    expect(fake.sent).toHaveLength(1);
    for (const n of [1, 2, 3, 4]) expect((await reply(`k${n}`)).code).toBe(0);
    expect((await reply('k5')).code).toBe(230_020);
    expect(fake.mistakes).toEqual([expect.stringContaining('a second')]);
  });

  it('are refused with a dead token until a new one is fetched', async () => {
    const { fake, call } = await open();
    expect((await call('GET', 'bot/v3/info')).code).toBe(0);
    fake.expireTokens();
    expect((await call('GET', 'bot/v3/info')).code).toBe(99_991_663);
  });
});

describe('card entities', () => {
  const card = (content: string, more: object[] = []) =>
    JSON.stringify({
      schema: '2.0',
      config: { streaming_mode: true },
      body: { elements: [{ tag: 'markdown', element_id: 'answer', content }, ...more] },
    });

  it('stream, in growing sequence, until ten minutes are over', async () => {
    let now = 1_700_000_000_000;
    const { fake, call } = await open({ clock: { now: () => now, sleep: () => new Promise(() => {}) } });
    const made = await call('POST', 'cardkit/v1/cards', { type: 'card_json', data: card('') });
    const id = String(made.data?.card_id);
    const put = (content: string, sequence: number) =>
      call('PUT', `cardkit/v1/cards/${id}/elements/answer/content`, { content, sequence }).then((answer) => answer.code);
    expect(await put('Hel', 1)).toBe(0);
    expect(await put('Hello', 5)).toBe(0);
    expect(await put('Hello!', 5)).toBe(300_317);
    now += 600_000;
    expect(await put('Hello!', 6)).toBe(200_850);
    expect(await put('Hello!', 7)).toBe(300_309);
    const settings = JSON.stringify({ config: { streaming_mode: true } });
    expect((await call('PATCH', `cardkit/v1/cards/${id}/settings`, { settings, sequence: 8 })).code).toBe(0);
    expect(await put('Hello!', 9)).toBe(0);
    expect(fake.cards[0]).toMatchObject({ sequence: 9, isStreaming: true });
  });

  it.each([
    ['a sixth table', card('|a|\n|-|\n\n'.repeat(6)), 230_099],
    ['too many bytes', card('x'.repeat(31_000)), 200_860],
    [
      'too many elements',
      card(
        '',
        Array.from({ length: 200 }, () => ({ tag: 'hr' })),
      ),
      300_305,
    ],
    ['an id twice', card('', [{ tag: 'hr', element_id: 'answer' }]), 300_301],
    ['an unknown component', card('', [{ tag: 'note' }]), 300_303],
    ['an unknown property', card('', [{ tag: 'markdown', content: '', text_color: 'red' }]), 300_303],
  ])('refuse %s', async (_, data, code) => {
    const { fake, call } = await open();
    expect((await call('POST', 'cardkit/v1/cards', { type: 'card_json', data })).code).toBe(code);
    expect(fake.mistakes).toHaveLength(1);
  });

  it('change several elements at once or none', async () => {
    const { fake, call } = await open();
    const made = await call('POST', 'cardkit/v1/cards', {
      type: 'card_json',
      data: card('a', [{ tag: 'hr', element_id: 'line' }]),
    });
    const batch = (sequence: number, ...actions: object[]) =>
      call('POST', `cardkit/v1/cards/${made.data?.card_id}/batch_update`, { actions: JSON.stringify(actions), sequence });
    const remove = { action: 'delete_elements', params: { element_ids: ['line'] } };
    const broken = { action: 'update_element', params: { element_id: 'nobody', element: { tag: 'hr' } } };
    expect((await batch(1, remove, broken)).code).toBe(300_313);
    expect(JSON.stringify(fake.cards[0]?.json)).toContain('line');
    const add = {
      action: 'add_elements',
      params: { type: 'insert_after', target_element_id: 'answer', elements: [{ tag: 'markdown', content: 'b' }] },
    };
    expect((await batch(2, remove, add)).code).toBe(0);
    expect(JSON.stringify(fake.cards[0]?.json)).not.toContain('line');
  });

  it('notice two writers', async () => {
    const { fake, call } = await open();
    const made = await call('POST', 'cardkit/v1/cards', { type: 'card_json', data: card('') });
    let go = () => {};
    fake.fail('element.content', {
      type: 'hold',
      until: new Promise<void>((resolve) => {
        go = resolve;
      }),
    });
    const put = (content: string, sequence: number) =>
      call('PUT', `cardkit/v1/cards/${made.data?.card_id}/elements/answer/content`, { content, sequence });
    const slow = put('a', 1);
    await fake.until(() => fake.cards[0]?.sequence === 1);
    await put('ab', 2);
    go();
    await slow;
    expect(fake.mistakes).toEqual([expect.stringContaining('another operation')]);
  });
});

it('keeps comments apart: those on a passage take replies, those on the whole document do not', async () => {
  const { fake, call } = await open();
  const document = fake.addDocument({ title: 'Plan', text: 'Ship on Monday.' });
  const inline = fake.comment(document, 'why?', { quote: 'Monday' });
  const whole = fake.comment(document, 'summary?');
  const content = { elements: [{ type: 'text_run', text_run: { text: 'because' } }] };
  const reply = (comment: string) =>
    call('POST', `drive/v1/files/${document.token}/comments/${comment}/replies`, { content }, { file_type: 'docx' });
  expect((await reply(inline.comment)).code).toBe(0);
  expect((await reply(whole.comment)).code).toBe(1_069_302);
  expect(fake.commentsOfBot(document)).toEqual(['because']);
});
