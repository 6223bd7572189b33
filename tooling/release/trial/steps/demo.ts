import assert from 'node:assert/strict';
import { filesIn, leftIn, processesOf } from '../left-over.ts';
import type { Step } from '../step.ts';

/** The demo: one message, and the tour that checks itself. */
export const demo: Step = {
  name: 'demo',
  timeoutMs: 300_000,
  async try({ home, threadbridge }) {
    const once = await threadbridge(['demo', '--once', 'write a file', '--approve']);
    assert.match(once.stdout, /Codex asks to change a file[\s\S]+\+# Hello[\s\S]+approved by you[\s\S]+added hello\.md/);
    const tour = await threadbridge(['demo']);
    assert.match(tour.stdout, /hello\.md is on the disk[\s\S]+it is the same thread[\s\S]+All of it happened/);
    assert.deepEqual(filesIn(home.home), []);
    assert.deepEqual(leftIn(home.temporary), []);
    assert.deepEqual(await processesOf(home.directory), []);
    return `a file written after a yes; ${tour.stdout.match(/^ok {2}/gm)?.length} checks of the tour; nothing is left of it`;
  },
};
