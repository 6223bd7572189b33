import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { filesIn } from '../left-over.ts';
import type { Step } from '../step.ts';

/** What a service would be. Nothing is installed for the person who runs this. */
export const service: Step = {
  name: 'service install',
  timeoutMs: 300_000,
  async try({ home, threadbridge }) {
    // Codex, which runs, and the profile have files that come and go.
    const others = () => filesIn(home.home).filter((path) => !/^\.(?:codex|threadbridge)\//.test(path));
    const before = others();
    const { stdout } = await threadbridge(['service', 'install', '--dry-run']);
    assert.match(stdout, /threadbridge.+start[\s\S]+Nothing was changed/);
    assert.ok(stdout.includes(home.home));
    assert.match((await threadbridge(['service', 'status'])).stdout, /^Not installed as a service/);
    const hasNoManager = process.platform === 'linux' && spawnSync('systemctl', ['--user', 'show-environment']).status !== 0;
    if (!hasNoManager) return 'shown, not done';
    const refused = await threadbridge(['service', 'install'], 1);
    assert.match(refused.said, /systemd/);
    await threadbridge(['service', 'uninstall']);
    assert.deepEqual(others(), before);
    return 'shown; refused where no service manager runs, without a trace';
  },
};
