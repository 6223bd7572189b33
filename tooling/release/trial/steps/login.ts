import assert from 'node:assert/strict';
import { act, fakeOf } from '../fake.ts';
import type { Step } from '../step.ts';
import type { Visit } from '../visit.ts';

/** The QR codes of both platforms, through all that the phone does. */
export const login: Step = {
  name: 'login',
  timeoutMs: 300_000,
  async try(visit) {
    const wechat = await logIn(visit, 'wechat', 'ilink', ['scan', 'confirm']);
    const feishu = await logIn(visit, 'feishu', 'feishu', ['confirm']);
    const { stdout } = await visit.threadbridge(['wechat', 'show']);
    assert.match(stdout, /^wechat .+ logged in by wechat:/);
    return `WeChat (${wechat.join(', ')}) and Feishu (${feishu.join(', ')})`;
  },
};

async function logIn(visit: Visit, key: string, kind: 'ilink' | 'feishu', phone: readonly string[]): Promise<readonly string[]> {
  await using group = visit.home.start('threadbridge', ['login', key, '--json'], visit.signal);
  await group.shows(/"type":"qr"/);
  for (const words of phone) await act(visit, kind, words);
  assert.equal(await group.ended, 0, group.said);
  const { credentials, owner } = fakeOf(visit, kind);
  assert.match(group.stdout, new RegExp(`"userId":"${credentials?.userId ?? owner}"`));
  assert.doesNotMatch(group.said, /secret|token"/i);
  return group.stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly type: string }).type);
}
