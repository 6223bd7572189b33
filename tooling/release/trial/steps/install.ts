import assert from 'node:assert/strict';
import { filesIn } from '../left-over.ts';
import type { Step } from '../step.ts';

/** `npm install --global`, of what the registry serves as the newest. */
export const install: Step = {
  name: 'install',
  timeoutMs: 600_000,
  async try({ home, npm }) {
    const { said } = await npm(['install', '--global', 'threadbridge', '@threadbridge/testkit']);
    assert.doesNotMatch(said, /deprecated|npm error|EBADENGINE/, said);
    const commands = filesIn(home.prefix).filter((path) => path.startsWith('bin/'));
    assert.deepEqual(commands, ['bin/threadbridge', 'bin/threadbridge-testkit']);
    assert.deepEqual(filesIn(home.home), []);
    return `${said.match(/added \d+ packages/)?.[0] ?? 'installed'}; the home is untouched`;
  },
};
