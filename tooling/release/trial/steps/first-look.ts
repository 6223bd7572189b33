import assert from 'node:assert/strict';
import { filesIn } from '../left-over.ts';
import type { Step } from '../step.ts';

const commands =
  'demo start login claim status logs doctor config secret threads native-api policy task mcp service audit backup'.split(' ');

/** The command alone, its help, a slip of the pen. */
export const firstLook: Step = {
  name: 'first look',
  timeoutMs: 300_000,
  async try({ home, threadbridge }) {
    const version = (await threadbridge(['--version'])).stdout.trim();
    assert.match(version, /^\d+\.\d+\.\d+/);
    const { stdout } = await threadbridge([]);
    for (const name of commands) assert.match(stdout, new RegExp(`^ {2}${name} `, 'm'));
    for (const name of commands) assert.match((await threadbridge([name, '--help'])).stdout, /Examples:\n {2}\$ threadbridge /);
    assert.match((await threadbridge(['strat'], 2)).said, /start/);
    assert.deepEqual(filesIn(home.home), []);
    return `version ${version}; ${commands.length} commands with examples; a slip is told`;
  },
};
