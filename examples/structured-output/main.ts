import assert from 'node:assert/strict';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { judge } from './judge.ts';

await using codex = await setUpScriptedCodex();
await using runner = createCodexRunner(codex.options);

const verdict = await judge(runner, codex.workspace, 'Is it good? [[say: {"verdict":"bad","reasons":["It is empty."]}]]');
console.log(verdict);

assert.deepEqual(verdict, { verdict: 'bad', reasons: ['It is empty.'] });
assert.match(JSON.stringify(codex.model.requests.at(-1)?.body), /codex_output_schema/);
await assert.rejects(judge(runner, codex.workspace, 'Is it? [[say: {"verdict":"perhaps"}]]'), /no verdict/);
