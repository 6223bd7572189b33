import assert from 'node:assert/strict';
import { filesIn, leftIn, processesOf } from '../left-over.ts';
import type { Step } from '../step.ts';

/** Ours, the person's own project, and Codex's home, which is the person's as well. */
const mayStay = /^(?:\.threadbridge|code\/app|\.codex)\//;

/** `npm uninstall --global`: no file of the programs stays, none is outside the state directory, nothing runs. */
export const uninstall: Step = {
  name: 'uninstall',
  timeoutMs: 300_000,
  async try({ home, npm }) {
    await npm(['uninstall', '--global', 'threadbridge', '@threadbridge/testkit']);
    assert.deepEqual(filesIn(home.prefix), []);
    assert.deepEqual(await processesOf(home.directory), []);
    assert.deepEqual(leftIn(home.temporary), []);
    const left = filesIn(home.home);
    assert.deepEqual(
      left.filter((path) => !mayStay.test(path)),
      [],
    );
    return `no file of it is left; ${left.filter((path) => path.startsWith('.threadbridge/')).length} of its state stay in ~/.threadbridge`;
  },
};
