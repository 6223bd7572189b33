import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createFileKeystore, openTasks } from '@threadbridge/gateway';
import type { Task, TaskNews } from '@threadbridge/task-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world/open-world.ts';
import { until } from '../world/until.ts';

let world: World;
let baseUrl: string;
let token: string;
let mcp: Client;
beforeAll(async () => {
  world = await openWorld({ settings: { console: { enabled: false, port: 0 }, taskApi: { enabled: true } } });
  const gateway = await world.start();
  baseUrl = gateway.ready.console ?? '';
  const profile = await world.profile();
  token = (await createFileKeystore(profile.paths).get('console.token')) ?? '';
  mcp = new Client({ name: 'another agent', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${baseUrl}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await mcp.connect(transport as never);
});
afterAll(async () => {
  await mcp.close();
  await world[Symbol.asyncDispose]();
});

async function call<T>(name: string, args: object): Promise<T> {
  const result = await mcp.callTool({ name, arguments: { ...args } });
  expect(result.isError, JSON.stringify(result.content)).toBeFalsy();
  return result.structuredContent as T;
}
const reaches = (id: string, wanted: (task: Task) => boolean) =>
  until(
    async () => {
      const task = await call<Task>('task_status', { id });
      return wanted(task) ? task : undefined;
    },
    () => `the task ${id} did not get there`,
  );
const person = async () => openTasks({ profile: await world.profile(), environment: {}, baseUrl, isPerson: true });

describe('another agent, over MCP', () => {
  it('starts a task, cannot approve what it asks, is told by a person, and reads the end', async () => {
    const { tools } = await mcp.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...['task_interrupt', 'task_list', 'task_respond', 'task_start', 'task_status', 'task_steer', 'task_watch'],
    ]);
    const { id, status, sandbox } = await call<Task>('task_start', { prompt: 'write a file', sandbox: 'workspace-write' });
    expect([status, sandbox]).toEqual(['queued', 'workspace-write']);
    const waiting = await reaches(id, (task) => task.status === 'waiting');
    const [request] = waiting.requests;
    expect(request).toMatchObject({ kind: 'fileChange', offered: expect.arrayContaining(['accept', 'decline']) });
    const answer = { type: 'decision', decision: 'accept' } as const;
    const refused = await mcp.callTool({ name: 'task_respond', arguments: { id, request: request?.id, answer } });
    expect([refused.isError, JSON.stringify(refused.content)]).toEqual([true, expect.stringContaining('Only a person answers')]);
    await (await person()).respond(id, request?.code ?? '', answer, 'person');
    const done = await reaches(id, (task) => task.status === 'completed');
    expect(await readFile(join(world.workspace, 'hello.md'), 'utf8')).toContain('# Hello');
    expect(done.text).not.toBe('');
    expect(done.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['task.asked', 'run.started', 'request', 'step', 'run.ended']),
    );
    const { events } = await call<TaskNews>('task_watch', { id, after: 0, waitMs: 0 });
    expect(events.at(-1)).toMatchObject({ type: 'run.ended', detail: { status: 'completed' } });
  }, 60_000);

  it('steers a task that is running, and ends one', async () => {
    const { id } = await call<Task>('task_start', { prompt: '[[gate: steer]] [[say: first words]]' });
    await world.model.reached('steer');
    await call('task_steer', { id, text: 'look at the other side' });
    await until(
      async () => {
        const { events } = await call<TaskNews>('task_watch', { id, after: 0, waitMs: 0 });
        return events.some(({ detail }) => String(detail.text).includes('Put into the run')) || undefined;
      },
      () => 'the words did not get in',
    );
    world.model.release('steer');
    const done = await reaches(id, (task) => task.status === 'completed');
    expect(world.model.requests.some(({ userTexts }) => userTexts.includes('look at the other side'))).toBe(true);
    expect(done.endedAt).toBeGreaterThan(done.createdAt);

    const other = await call<Task>('task_start', { prompt: '[[gate: end]] [[say: never]]' });
    await world.model.reached('end');
    await call('task_interrupt', { id: other.id });
    expect((await reaches(other.id, ({ status }) => status === 'interrupted')).text).not.toContain('never');
  }, 60_000);

  it('gets no more than there is: no full access, no never asking, no place outside the rules', async () => {
    for (const wish of [
      { sandbox: 'danger-full-access' },
      { approvals: 'never' },
      { cwd: '/' },
      { notify: ['wechat:nobody'] },
      { notify: ['webhook:none'] },
    ]) {
      const result = await mcp
        .callTool({ name: 'task_start', arguments: { prompt: 'x', ...wish } })
        .catch((error: unknown) => ({ isError: true, error }));
      expect(result.isError, JSON.stringify(wish)).toBe(true);
    }
    const before = world.model.requests.length;
    const tried = await call<Task>('task_start', { prompt: 'x', dryRun: true });
    expect(tried).toMatchObject({ status: 'queued', sandbox: 'read-only', approvals: 'untrusted' });
    expect((await mcp.callTool({ name: 'task_status', arguments: { id: tried.id } })).isError).toBe(true);
    expect(world.model.requests).toHaveLength(before);
  });
});

describe('a task that tells a chat', () => {
  it('asks there, is answered there, and says its end there, once', async () => {
    world.platform.say('[[say: I was here]]');
    await world.reads(/I was here/);
    const seen = world.platform.shown.length;
    const { id } = await call<Task>('task_start', { prompt: '[[run!: touch made.txt]] [[say: made it]]', notify: ['fake'] });
    const [, code] = await world.reads(/The task [\s\S]*asks:[\s\S]*touch made\.txt[\s\S]*\/approve (\w+)` yes/, seen);
    world.platform.say(`/approve ${code}`);
    await world.reads(/is done\.[\s\S]*made it/, seen);
    expect((await reaches(id, ({ status }) => status === 'completed')).notices).toMatchObject([
      { target: 'fake', state: 'handed-over' },
    ]);
    expect(world.read(seen).match(/is done\./g)).toHaveLength(1);
  }, 60_000);
});

describe('over HTTP', () => {
  const ask = (path: string, init: RequestInit & { readonly headers?: Record<string, string> } = {}) =>
    fetch(`${baseUrl}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

  it('lets nobody in without the token, no web page, and nobody pass for a person', async () => {
    expect((await ask('/tasks', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await ask('/mcp', { method: 'POST', headers: { authorization: '' } })).status).toBe(401);
    expect((await ask('/tasks', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await ask('/tasks')).status).toBe(200);
    const { id } = (await (await post('/tasks', { prompt: '[[run!: touch no.txt]]' })).json()) as Task;
    const { requests } = await reaches(id, ({ status }) => status === 'waiting');
    const body = { request: requests[0]?.id, answer: { type: 'decision', decision: 'accept' } };
    for (const proof of ['', 'guess']) {
      const answer = await post(`/tasks/${id}/respond`, body, { 'threadbridge-person': proof });
      expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'refused' } }]);
    }
    expect((await post(`/tasks/${id}/interrupt`, {})).status).toBe(200);
    await reaches(id, ({ status }) => status === 'interrupted');
    expect((await post(`/tasks/${id}/interrupt`, {})).status).toBe(409);
    expect((await post(`/tasks/${id}/steer`, { text: 'x' })).status).toBe(409);
  }, 60_000);

  it('says what is wrong with a request', async () => {
    expect((await post('/tasks', {})).status).toBe(400);
    expect((await post('/tasks', { prompt: 'x', sandbox: 'danger-full-access' })).status).toBe(400);
    expect((await post('/tasks', { prompt: 'x', unknown: 1 })).status).toBe(400);
    expect((await ask('/tasks', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(
      400,
    );
    expect((await ask('/tasks', { method: 'POST', body: 'prompt=x' })).status).toBe(415);
    expect((await ask('/tasks/0123456789abcdef')).status).toBe(404);
    expect((await ask('/tasks/a/b/c')).status).toBe(404);
  });

  it('knows a wish by its key, and streams what happens to its end', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = (await (await post('/tasks', { prompt: '[[say: streamed]]' }, key)).json()) as Task;
    const again = (await (await post('/tasks', { prompt: '[[say: streamed]]' }, key)).json()) as Task;
    expect(again.id).toBe(first.id);
    expect((await post('/tasks', { prompt: 'something else' }, key)).status).toBe(409);
    const text = await (await ask(`/tasks/${first.id}/events`, { headers: { accept: 'text/event-stream' } })).text();
    expect(text).toMatch(/^event: task\.asked\n[\s\S]*event: run\.ended\ndata: .*"streamed"/m);
    expect(world.model.requests.filter(({ lastUserText }) => lastUserText.includes('say: streamed'))).toHaveLength(1);
  }, 60_000);
});
