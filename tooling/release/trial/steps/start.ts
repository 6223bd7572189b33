import assert from 'node:assert/strict';
import type { Step } from '../step.ts';

/** The gateway, with both channels up. */
export const start: Step = {
  name: 'start',
  timeoutMs: 300_000,
  async try({ start: begin, threadbridge }) {
    const startedAt = Date.now();
    const gateway = begin('gateway', 'threadbridge', ['start', '--json']);
    const [line] = await gateway.shows(/^\{"event":"ready".+$/m);
    const readyMs = Date.now() - startedAt;
    const { channels } = JSON.parse(line) as { readonly channels: Readonly<Record<string, string>> };
    assert.equal(channels.wechat, 'connected');
    assert.equal(channels.feishu, 'connected');
    const { stdout } = await threadbridge(['status']);
    assert.match(stdout, /is running: process \d+[\s\S]+channel wechat: connected[\s\S]+channel feishu: connected/);
    assert.match((await threadbridge(['start'], 5)).said, /is in use by threadbridge default \(process \d+/);
    return `ready after ${(readyMs / 1000).toFixed(1)} s with ${Object.keys(channels).join(', ')}; a second one is refused`;
  },
};
