import { afterEach, expect, it } from 'vitest';
import { type FakeIlink, type FakeIlinkOptions, startFakeIlink } from '../src/ilink/index.ts';

const open: FakeIlink[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

async function start(options: FakeIlinkOptions = {}): Promise<FakeIlink> {
  const fake = await startFakeIlink(options);
  open.push(fake);
  return fake;
}

let uin = 0;
async function post(
  fake: FakeIlink,
  path: string,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
) {
  uin += 1;
  return fetch(`${fake.url}/ilink/bot/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorizationtype: 'ilink_bot_token',
      authorization: `Bearer ${fake.credentials.token}`,
      'x-wechat-uin': Buffer.from(String(uin)).toString('base64'),
      'ilink-app-id': 'bot',
      'ilink-app-clientversion': '132105',
      ...headers,
    },
    body: JSON.stringify({ ...body, base_info: { channel_version: '2.4.9', bot_agent: 'Test/1.0' } }),
  });
}

function text(message: string, token: unknown, clientId = `c${uin}`) {
  return {
    msg: {
      from_user_id: '',
      to_user_id: 'owner@im.wechat',
      client_id: clientId,
      message_type: 2,
      message_state: 2,
      item_list: [{ type: 1, text_item: { text: message } }],
      context_token: token,
    },
  };
}

it('holds a poll until somebody writes, and writes 64-bit ids as bare numbers', async () => {
  const fake = await start();
  const poll = post(fake, 'getupdates', { get_updates_buf: '' });
  await fake.until(() => fake.polls === 1);
  const said = fake.say('hello');
  const answer = await (await poll).text();
  expect(answer).toContain(`"message_id":${said.message_id},`);
  expect(JSON.parse(answer)).toMatchObject({
    ret: 0,
    msgs: [{ from_user_id: 'owner@im.wechat', item_list: [{ text_item: { text: 'hello' } }] }],
  });
  expect(fake.mistakes).toEqual([]);
});

it('takes ten messages after each message of a person, then says -2', async () => {
  const fake = await start();
  const { context_token } = fake.say('hello');
  for (let n = 1; n <= 10; n += 1)
    expect(await (await post(fake, 'sendmessage', text(`m${n}`, context_token))).json()).toMatchObject({ ret: 0 });
  expect(await (await post(fake, 'sendmessage', text('m11', context_token))).json()).toEqual({
    ret: -2,
    errmsg: 'prepare failed',
  });
  fake.say('go on');
  expect(await (await post(fake, 'sendmessage', text('m11', context_token))).json()).toMatchObject({ ret: 0 });
  expect(fake.sent).toHaveLength(11);
});

it('swallows what comes without a context token, and says so', async () => {
  const fake = await start();
  fake.say('hello');
  expect(await (await post(fake, 'sendmessage', text('lost', 'made-up'))).json()).toEqual({ ret: 0 });
  expect(fake.sent).toEqual([]);
  expect(fake.mistakes).toEqual([expect.stringContaining('context_token')]);
});

it('notices a message that is sent twice, missing headers, and a second poll', async () => {
  const fake = await start();
  const { context_token } = fake.say('hello');
  await post(fake, 'sendmessage', text('once', context_token, 'same'));
  await post(fake, 'sendmessage', text('once', context_token, 'same'));
  expect(await (await post(fake, 'notifystart', {}, { 'ilink-app-id': '' })).json()).toMatchObject({ errcode: -14 });
  const { get_updates_buf } = (await (await post(fake, 'getupdates', { get_updates_buf: '' })).json()) as {
    get_updates_buf: string;
  };
  void post(fake, 'getupdates', { get_updates_buf }).catch(() => {});
  await fake.until(() => fake.polls === 1);
  void post(fake, 'getupdates', { get_updates_buf }).catch(() => {});
  await fake.until(() => fake.polls === 2);
  expect(fake.mistakes).toEqual([
    expect.stringContaining('twice'),
    expect.stringContaining('iLink-App-Id'),
    expect.stringContaining('two polls'),
  ]);
});

it('fails as it is told to, once each', async () => {
  const fake = await start();
  fake.fail('notifystart', { type: 'status', status: 524 }, { type: 'drop' }, { type: 'garbage' }, { type: 'refuse', ret: -14 });
  expect((await post(fake, 'notifystart', {})).status).toBe(524);
  await expect(post(fake, 'notifystart', {})).rejects.toThrow();
  expect(await (await post(fake, 'notifystart', {})).text()).toContain('html');
  expect(await (await post(fake, 'notifystart', {})).json()).toEqual({ ret: -14 });
  expect(await (await post(fake, 'notifystart', {})).json()).toEqual({ ret: 0 });
});

it('takes words by HTTP, but not from a web page', async () => {
  const fake = await start();
  const answer = await fetch(`${fake.url}/fake/do`, { method: 'POST', body: 'say hello' });
  expect(await answer.json()).toMatchObject({ done: expect.stringContaining('message') });
  expect((await fetch(`${fake.url}/fake/do`, { method: 'POST', body: 'dance' })).status).toBe(400);
  expect(
    (await fetch(`${fake.url}/fake/do`, { method: 'POST', body: 'say x', headers: { origin: 'http://evil.example' } })).status,
  ).toBe(404);
  expect(await (await fetch(`${fake.url}/fake/state`)).json()).toMatchObject({ sent: [], mistakes: [], polls: 0 });
});

it('tells the time to whoever asks for it, and takes every other way for a mistake', async () => {
  const fake = await start();
  expect((await fetch(fake.url, { method: 'HEAD' })).headers.get('date')).not.toBeNull();
  expect(fake.mistakes).toEqual([]);
  await fetch(`${fake.url}/elsewhere`, { method: 'HEAD' });
  expect(fake.mistakes).toHaveLength(1);
});
