import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createCodexRunner, stopServer } from '@threadbridge/codex-runner';
import type { ThreadId } from '@threadbridge/contract';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { joinThread } from './join-thread.ts';

await using codex = await setUpScriptedCodex();
const socket = join(codex.workspace, 'codex.sock');
const settings = { workspace: codex.workspace, sandbox: 'read-only' } as const;

// The program at the desk: a server that it may share, and a turn that goes on.
const desk = createCodexRunner({ ...codex.options, transport: { type: 'socket', path: socket, server: 'ours' } });
// The program of the phone: a Codex process of its own that knows where the other one listens.
const phone = createCodexRunner({ ...codex.options, sharedSockets: [socket] });
try {
  const working = desk.start({ ...settings, prompt: '[[gate: desk]] [[say: done at the desk]]' });
  let thread: ThreadId | undefined;
  const deskIsDone = (async () => {
    for await (const event of working.events) {
      if (event.type === 'thread.started') thread = event.thread;
      if (event.type === 'turn.completed') return event.text;
    }
  })();
  await codex.model.reached('desk');
  assert(thread !== undefined);

  const joined = await joinThread(phone, { ...settings, thread, prompt: '[[say: and this from the phone]]' }, () =>
    codex.model.release('desk'),
  );
  console.log(joined);
  assert.equal(joined.theirs, 'done at the desk');
  assert.equal(joined.ours, 'and this from the phone');
  assert.equal(await deskIsDone, 'done at the desk');
  const { turns } = await desk.capabilities.history.turns(thread);
  assert.deepEqual(turns.map((turn) => turn.text).toReversed(), ['done at the desk', 'and this from the phone']);
} finally {
  await phone[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await stopServer(socket);
}
