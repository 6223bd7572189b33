import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { act, fakeOf, say, seen, sees } from '../fake.ts';
import type { Step } from '../step.ts';

/** The first owner by the code of `claim`, a question, and an approval answered by its code. */
export const wechat: Step = {
  name: 'WeChat',
  timeoutMs: 300_000,
  async try(visit) {
    const [claim] = (await visit.threadbridge(['claim'])).stdout.match(/\/claim [\w-]+/) ?? [];
    assert.ok(claim, 'no code was shown');
    await say(visit, 'ilink', claim, /This Threadbridge is yours now/);
    await say(visit, 'ilink', 'hello', /You wrote: “hello”/);
    const [, code = ''] = await say(visit, 'ilink', '[[run!: echo yes > by-wechat.txt]]', /`?\/approve (\w+)`? yes/);
    assert.ok(!existsSync(join(visit.home.workspace, 'by-wechat.txt')), 'it did not wait for the answer');
    await say(visit, 'ilink', `/approve ${code}`, /approved by/);
    await visit.until('by-wechat.txt', async () => existsSync(join(visit.home.workspace, 'by-wechat.txt')) || undefined);
    await say(visit, 'ilink', '/status', /Workspace: .*code\/app/);
    return 'claimed, answered, a command run after /approve';
  },
};

/** One more owner by `config set` and `reload`, a card, and an approval answered by its button. */
export const feishu: Step = {
  name: 'Feishu',
  timeoutMs: 300_000,
  async try(visit) {
    const { home, threadbridge } = visit;
    const owners = [`wechat:${fakeOf(visit, 'ilink').credentials?.userId}`, `feishu:${fakeOf(visit, 'feishu').owner}`];
    await say(visit, 'feishu', 'hello', /I only answer my owner/);
    await threadbridge(['config', 'set', 'access.owners', JSON.stringify(owners)]);
    assert.match((await threadbridge(['config', 'reload'])).stdout, /In force now: access\.owners/);
    await say(visit, 'feishu', 'hello', /Done[\s\S]+You wrote: “hello”/);
    const before = (await seen(visit, 'feishu')).length;
    await say(visit, 'feishu', '[[run!: echo yes > by-feishu.txt]]', /Codex asks to run/);
    await act(visit, 'feishu', 'click Approve');
    await visit.until('by-feishu.txt', async () => existsSync(join(home.workspace, 'by-feishu.txt')) || undefined);
    await sees(visit, 'feishu', /Codex · Done/, before);
    return 'a stranger until reload, a card that ends as done, a command run after a button';
  },
};
