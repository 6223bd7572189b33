import assert from 'node:assert/strict';
import { leftIn, processesOf } from '../left-over.ts';
import type { Step } from '../step.ts';

const stopMs = 10_000;

/** Ctrl-C: the gateway ends in time, and Codex with it. */
export const stop: Step = {
  name: 'stop',
  timeoutMs: 300_000,
  async try({ home, running, threadbridge, until }) {
    const gateway = running('gateway');
    const startedAt = Date.now();
    gateway.tell('SIGTERM');
    assert.equal(await gateway.ended, 0, gateway.said);
    const tookMs = Date.now() - startedAt;
    assert.ok(tookMs <= stopMs, `stopping took ${tookMs} ms`);
    assert.match(gateway.stdout, /"event":"stopped"[^\n]+\n$/);
    for (const fake of ['model', 'ilink', 'feishu']) await running(fake)[Symbol.asyncDispose]();
    await until('all processes to be gone', async () => (await processesOf(home.directory)).length === 0 || undefined);
    assert.match((await threadbridge(['status'])).stdout, /is not running/);
    assert.match((await threadbridge(['audit', 'verify'])).stdout, /The audit log is whole/);
    assert.deepEqual(leftIn(home.temporary), []);
    return `after ${(tookMs / 1000).toFixed(1)} s; no process is left`;
  },
};
