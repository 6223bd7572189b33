import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../step.ts';

const file = 'today.tar.gz';

/** A copy beside the running gateway. */
export const backup: Step = {
  name: 'backup',
  timeoutMs: 300_000,
  async try({ home, threadbridge }) {
    await threadbridge(['backup', file]);
    const { mode, size } = statSync(join(home.home, file));
    assert.equal(mode & 0o777, 0o600);
    await threadbridge(['backup', 'verify', file]);
    assert.match((await threadbridge(['backup', 'restore', file], 5)).said, /process \d+/);
    return `${Math.ceil(size / 1000)} kB, whole, for its owner alone; not put back while the profile runs`;
  },
};

/** The same copy, put back once nothing runs. */
export const restore: Step = {
  name: 'backup restore',
  timeoutMs: 300_000,
  async try({ home, threadbridge }) {
    await threadbridge(['backup', 'restore', file]);
    assert.match((await threadbridge(['audit', 'verify'])).stdout, /The audit log is whole/);
    assert.match((await threadbridge(['config', 'check'])).stdout, /config\.json is right/);
    rmSync(join(home.home, file));
    return 'put back; configuration and audit log are whole';
  },
};
