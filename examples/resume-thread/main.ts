import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { asId, type ThreadId } from '@threadbridge/contract';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { talk } from './talk.ts';

await using codex = await setUpScriptedCodex();
const note = join(codex.workspace, 'thread.txt');
const settings = { workspace: codex.workspace, sandbox: 'read-only', approvals: 'never' } as const;

{
  await using runner = createCodexRunner(codex.options);
  await talk(runner, { ...settings, prompt: 'My name is Ada.' }, (thread) => writeFile(note, thread));
}

// Days later, in another process: only the id is left of it. Say the policy again, it is not kept.
await using runner = createCodexRunner(codex.options);
const thread = asId<ThreadId>(await readFile(note, 'utf8'));
const { text } = await talk(runner, { ...settings, prompt: 'What is my name?', thread }, async (same) =>
  assert.equal(same, thread),
);
console.log(text);

assert.match(text, /your first one was “My name is Ada\.”/);
const { turns } = await runner.capabilities.history.turns(thread);
assert.equal(turns.length, 2);
