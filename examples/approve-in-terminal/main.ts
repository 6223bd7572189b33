import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { runWithApprovals } from './approve.ts';

await using codex = await setUpScriptedCodex();
await using runner = createCodexRunner(codex.options);

/** A person who types this line when asked. For yourself: `{ input: process.stdin, output: process.stdout }`. */
function person(line: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  output.on('data', (asked: Buffer) => {
    process.stdout.write(asked);
    if (!asked.toString().endsWith(': ')) return;
    console.log(line);
    input.write(`${line}\n`);
  });
  return { input, output };
}

for (const [line, file, isMade] of [
  ['n', 'declined', false],
  ['y', 'accepted', true],
] as const) {
  const prompt = `[[run!: touch ${file}]] [[say: Thank you.]]`;
  const run = runner.start({ prompt, workspace: codex.workspace, sandbox: 'read-only', approvals: 'on-request' });
  const end = await runWithApprovals(run, person(line));
  assert.equal(end.type, 'turn.completed');
  assert.equal(existsSync(join(codex.workspace, file)), isMade, `${file} after "${line}"`);
}

const stopped = runner.start({ prompt: '[[run!: touch stopped]]', workspace: codex.workspace, sandbox: 'read-only' });
assert.equal((await runWithApprovals(stopped, person('s'))).type, 'turn.interrupted');
