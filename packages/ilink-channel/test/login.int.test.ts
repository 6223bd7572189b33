import { createManualClock, type ManualClock } from '@threadbridge/contract/testing';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { createIlinkChannel, type IlinkLoginStep, type LoginOptions, login } from '../src/index.ts';
import { takeOne } from './set-up.ts';

interface Desk extends AsyncDisposable {
  readonly fake: FakeIlink;
  readonly clock: ManualClock;
  readonly steps: IlinkLoginStep[];
  /** Moves time until so many steps came. */
  until(count: number): Promise<IlinkLoginStep | undefined>;
  readonly ended: Promise<void>;
}

async function open(options: LoginOptions = {}): Promise<Desk> {
  const clock = createManualClock();
  const fake = await startFakeIlink({ clock });
  const steps: IlinkLoginStep[] = [];
  let isOver = false;
  const ended = (async () => {
    for await (const step of login({ baseUrl: fake.url, clock, ...options })) steps.push(step);
    isOver = true;
  })();
  return {
    fake,
    clock,
    steps,
    ended,
    async until(count) {
      while (steps.length < count && !isOver) await clock.advance(100);
      return steps[count - 1];
    },
    [Symbol.asyncDispose]: () => fake.close(),
  };
}

it('goes from the code over the scan to credentials that work', async () => {
  await using desk = await open();
  expect(await desk.until(1)).toEqual({ type: 'qr', url: expect.stringContaining('https://liteapp.weixin.qq.com/'), attempt: 1 });
  desk.fake.phone.scan();
  expect(await desk.until(2)).toEqual({ type: 'scanned' });
  desk.fake.phone.confirm({ userId: 'ann@im.wechat' });
  const last = await desk.until(3);
  await desk.ended;
  expect(last).toMatchObject({
    type: 'complete',
    credentials: { accountId: expect.stringMatching(/@im\.bot$/), userId: 'ann@im.wechat' },
  });
  if (last?.type !== 'complete') throw new Error('no credentials');
  const channel = createIlinkChannel({ credentials: last.credentials });
  desk.fake.say('hello');
  expect((await takeOne(channel)).text).toBe('hello');
  expect(desk.fake.mistakes).toEqual([]);
});

it('asks for the number that the phone shows, and says when it was wrong', async () => {
  const numbers = ['11', '42'];
  const asked: boolean[] = [];
  await using desk = await open({
    readCode: async ({ isWrong }) => {
      asked.push(isWrong);
      return ` ${numbers.shift()} `;
    },
  });
  await desk.until(1);
  desk.fake.phone.showNumber('42');
  expect(await desk.until(4)).toEqual({ type: 'scanned' });
  expect(asked).toEqual([false, true]);
  desk.fake.phone.confirm();
  expect(await desk.until(5)).toMatchObject({ type: 'complete' });
});

it('draws a new code when one expired or was blocked, three in all', async () => {
  await using desk = await open({ readCode: async () => 'wrong' });
  await desk.until(1);
  desk.fake.phone.expire();
  expect(await desk.until(2)).toEqual({ type: 'expired', reason: 'old' });
  expect(await desk.until(3)).toMatchObject({ type: 'qr', attempt: 2 });
  desk.fake.phone.showNumber('42');
  while (desk.steps.at(-1)?.type !== 'expired') await desk.clock.advance(100);
  expect(desk.steps.at(-1)).toEqual({ type: 'expired', reason: 'blocked' });
  while (desk.steps.at(-1)?.type !== 'qr') await desk.clock.advance(100);
  desk.fake.phone.expire();
  while (desk.steps.at(-1)?.type !== 'failed') await desk.clock.advance(100);
  expect(desk.steps.at(-1)).toMatchObject({ type: 'failed', reason: 'expired' });
});

it('ends well where the bot is bound here already', async () => {
  await using desk = await open({ knownTokens: ['kept'] });
  await desk.until(1);
  desk.fake.phone.alreadyBound();
  expect(await desk.until(2)).toEqual({ type: 'already.bound' });
  await desk.ended;
  expect(desk.fake.requests[0]?.body).toEqual({ local_token_list: ['kept'] });
});

it('asks again without tokens where the list of them is refused', async () => {
  const clock = createManualClock();
  await using fake = await startFakeIlink({ clock });
  fake.fail('get_bot_qrcode', { type: 'refuse', ret: -3 });
  const steps = login({ baseUrl: fake.url, clock, knownTokens: ['bad'] });
  expect((await steps.next()).value).toMatchObject({ type: 'qr' });
  expect(fake.requests.map((one) => one.body)).toEqual([{ local_token_list: ['bad'] }, { local_token_list: [] }]);
  await steps.return();
});

it('goes on at the host it is sent to, if that is the platform’s or the configured one', async () => {
  await using desk = await open();
  await desk.until(1);
  const host = new URL(desk.fake.url).host;
  desk.fake.phone.redirect(host);
  expect(await desk.until(2)).toEqual({ type: 'redirected', host });
  desk.fake.phone.confirm();
  expect(await desk.until(3)).toMatchObject({ type: 'complete' });
});

it.each([
  ['a strange host', (fake: FakeIlink) => fake.phone.redirect('weixin.qq.com.evil.example')],
  ['a host with a path in it', (fake: FakeIlink) => fake.phone.redirect('evil.example/weixin.qq.com')],
  ['a strange base address', (fake: FakeIlink) => fake.phone.confirm({ baseUrl: 'https://evil.example' })],
])('does not follow %s', async (_, act) => {
  await using desk = await open();
  await desk.until(1);
  act(desk.fake);
  expect(await desk.until(2)).toMatchObject({ type: 'failed', reason: 'refused' });
});

it('takes trouble on the way for waiting', async () => {
  await using desk = await open();
  desk.fake.fail('get_qrcode_status', { type: 'status', status: 524 }, { type: 'drop' }, { type: 'garbage' });
  await desk.until(1);
  while (desk.fake.requests.length < 5) await desk.clock.advance(500);
  desk.fake.phone.scan();
  expect(await desk.until(2)).toEqual({ type: 'scanned' });
});

it('gives up after eight minutes', async () => {
  await using desk = await open();
  await desk.until(1);
  desk.fake.phone.scan();
  await desk.until(2);
  while (desk.steps.length < 3) await desk.clock.advance(2_000);
  expect(desk.steps.at(-1)).toMatchObject({ type: 'failed', reason: 'timeout' });
});

it('ends without a word when it is aborted', async () => {
  const stop = new AbortController();
  await using desk = await open({ signal: stop.signal });
  await desk.until(1);
  stop.abort();
  await desk.ended;
  expect(desk.steps.map((step) => step.type)).toEqual(['qr']);
});

it('throws where not even a code can be had', async () => {
  const clock = createManualClock();
  await using fake = await startFakeIlink({ clock });
  fake.fail('get_bot_qrcode', { type: 'status', status: 503 });
  await expect(login({ baseUrl: fake.url, clock }).next()).rejects.toMatchObject({ code: 'channel.unreachable' });
});
