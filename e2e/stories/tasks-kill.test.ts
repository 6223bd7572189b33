import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Task, TaskApi } from '@threadbridge/task-api';
import { expect, it } from 'vitest';
import { openVictim } from '../world/open-victim.ts';
import { until } from '../world/until.ts';

const secret = 'a-key-that-nobody-guesses';

/** A program that is told of ends; the first `refusals` tries find it broken. */
async function openHook(refusals: number) {
  const seen: { readonly id: string; readonly body: string; readonly isSigned: boolean }[] = [];
  let left = refusals;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signature } = request.headers;
    const expected = createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64');
    seen.push({ id: String(id), body, isSigned: signature === `v1,${expected}` });
    left -= 1;
    response.writeHead(left >= 0 ? 503 : 204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { seen, url: `http://127.0.0.1:${port}/told`, [Symbol.asyncDispose]: async () => void server.close() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('a task outlives kill -9: its events, its end, and each notice once', async () => {
  await using hook = await openHook(0);
  const port = await freePort();
  const webhooks = { ci: { url: hook.url, secret: { source: 'exec' as const, command: ['printf', secret] } } };
  await using victim = await openVictim({
    transport: 'socket',
    more: { console: { enabled: false, port }, taskApi: { enabled: true, webhooks } },
  });
  await victim.start();
  const tasks = await victim.tasks();
  victim.platform.say('[[say: I was here]]');
  await victim.reads(/I was here/);

  const wish = { sandbox: 'read-only', approvals: 'untrusted', dryRun: false } as const;
  const key = 'tidy-1';
  const { id } = await tasks.start(
    { ...wish, prompt: '[[gate: mid]] [[say: tidied]]', notify: ['paper', 'webhook:ci'] },
    'program',
    key,
  );
  await victim.model.reached('mid');
  await victim.kill();
  await victim.start();
  victim.model.release('mid');
  const done = await ended(await victim.tasks(), id);
  expect(done).toMatchObject({ status: 'completed', text: 'tidied' });
  expect(done.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['task.asked', 'run.started', 'run.ended']));
  await victim.reads(/is done\.[\s\S]*tidied/);
  await until(
    () => (hook.seen.length > 0 ? true : undefined),
    () => 'nobody told the program',
  );

  await victim.kill();
  await victim.start();
  const again = await (await victim.tasks()).start(
    { ...wish, prompt: '[[gate: mid]] [[say: tidied]]', notify: ['paper', 'webhook:ci'] },
    'program',
    key,
  );
  expect([again.id, again.status]).toEqual([id, 'completed']);
  const last = await (await victim.tasks()).start({ ...wish, prompt: '[[say: and one more]]', notify: ['paper'] }, 'program');
  await ended(await victim.tasks(), last.id);
  await victim.reads(/and one more/);
  expect(victim.platform.read().match(/is done\.\n\ntidied/g)).toHaveLength(1);
  expect(new Set(hook.seen.map((one) => one.id)).size).toBe(1);
  expect(hook.seen.every(({ isSigned }) => isSigned)).toBe(true);
  expect(JSON.parse(hook.seen[0]?.body ?? '')).toMatchObject({
    type: 'task.ended',
    data: { id, status: 'completed', text: 'tidied' },
  });
  expect(victim.model.requests.filter(({ lastUserText }) => lastUserText.includes('say: tidied'))).toHaveLength(1);
}, 120_000);

function ended(tasks: TaskApi, id: string): Promise<Task> {
  return until(
    async () => {
      const task = await tasks.status(id);
      return task.endedAt === undefined ? undefined : task;
    },
    () => `the task ${id} did not end`,
  );
}
