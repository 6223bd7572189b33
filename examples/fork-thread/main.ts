import assert from 'node:assert/strict';
import { createCodexRunner } from '@threadbridge/codex-runner';
import type { ThreadId } from '@threadbridge/contract';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { tryEach } from './try-each.ts';

await using codex = await setUpScriptedCodex();
await using runner = createCodexRunner(codex.options);
const settings = { workspace: codex.workspace, sandbox: 'read-only', approvals: 'never' } as const;

let thread: ThreadId | undefined;
for await (const event of runner.start({ ...settings, prompt: 'We need a cache.' }).events) {
  if (event.type === 'thread.started') thread = event.thread;
}
assert(thread !== undefined);

const answers = await tryEach(runner, thread, ['In memory, please.', 'On disk, please.'], settings);
for (const { text } of answers) console.log(text, '\n');

assert.equal(new Set([thread, ...answers.map((answer) => answer.thread)]).size, 3);
for (const { text } of answers) assert.match(text, /message 2 of this thread; your first one was “We need a cache\.”/);
const { turns } = await runner.capabilities.history.turns(thread);
assert.equal(turns.length, 1, 'the thread itself did not go on');
