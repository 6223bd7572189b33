import assert from 'node:assert/strict';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { ask } from './ask.ts';

await using codex = await setUpScriptedCodex();
await using runner = createCodexRunner(codex.options);

const answer = await ask(runner, codex.workspace, 'Why does the build fail? [[run: ls]] [[say: There is nothing to build.]]');
console.log(answer);

assert.equal(answer, 'There is nothing to build.');
await assert.rejects(ask(runner, codex.workspace, '[[overflow]]'), /context window/);
