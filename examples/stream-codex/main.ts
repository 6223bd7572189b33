import assert from 'node:assert/strict';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { stream } from './stream.ts';

await using codex = await setUpScriptedCodex();
await using runner = createCodexRunner(codex.options);

const prompt =
  '[[plan: x look; tell]] [[run: echo hi]] [[say: The quick brown fox jumps over the lazy dog, and that is all there is.]]';
const run = runner.start({ prompt, workspace: codex.workspace, sandbox: 'read-only', approvals: 'never' });

const written: string[] = [];
const end = await stream(run, (text) => {
  written.push(text);
  process.stdout.write(text);
});

assert.equal(end?.type, 'turn.completed');
assert.equal(
  written.join(''),
  '[x] look\n[ ] tell\n$ echo hi\nhi\nThe quick brown fox jumps over the lazy dog, and that is all there is.\n',
);
assert(written.length > 5, 'the answer came in pieces');
