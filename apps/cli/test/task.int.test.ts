import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { loadConfig, openTasks, resolveProfile } from '@threadbridge/gateway';
import type { Task, TaskNews } from '@threadbridge/task-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from './support/place.ts';
import { type RunningCli, runCli, startCli } from './support/run-cli.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let place: Place;
let gateway: RunningCli;
let url: string;
const run = (...words: readonly string[]) => runCli(words, place.environment);

beforeAll(async () => {
  place = await openPlace();
  await place.configure({ console: { enabled: false, port: 0 }, taskApi: { enabled: true } });
  gateway = startCli(['start', '--json'], place.environment);
  [, url = ''] = await gateway.sees(/"console":"([^"]+)"/);
}, 60_000);
afterAll(async () => {
  gateway.child.kill('SIGTERM');
  await gateway.end;
  await place[Symbol.asyncDispose]();
});

describe('threadbridge task', { timeout: 60_000 }, () => {
  it('starts a task and stays to its end; lists and shows it', async () => {
    const { code, stdout } = await run('task', 'start', '[[say: all is well]]', '--watch');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^[0-9a-f]{16}\n[\s\S]*all is well\n$/)]);
    const id = stdout.slice(0, 16);
    expect((await run('task', 'list')).stdout).toContain(`${id}  `);
    const shown = JSON.parse((await run('task', 'status', id, '--json')).stdout) as Task;
    expect(shown).toMatchObject({ id, status: 'completed', text: 'all is well', sandbox: 'read-only' });
  });

  it('says in one line what is refused, with an exit code that says why', async () => {
    expect(await run('task', 'start', 'x', '--cwd', '/')).toMatchObject({ code: 3, stderr: expect.stringMatching(/^.+\n$/) });
    expect((await run('task', 'start', 'x', '--sandbox', 'danger-full-access')).code).toBe(2);
    expect((await run('task', 'status', '0123456789abcdef')).code).toBe(1);
    expect((await run('task', 'start', 'x', '--dry-run')).stdout).toContain('nothing was started');
    const nobody = await runCli(['task', 'list', '--url', 'http://127.0.0.1:1'], place.environment);
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('threadbridge start') });
  });

  it('takes no answer through a pipe for a person’s', async () => {
    const { stdout } = await run('task', 'start', '[[run!: touch x.txt]] [[say: done]]', '--json');
    const { id } = JSON.parse(stdout) as Task;
    const profile = resolveProfile(await loadConfig({ environment: place.environment }));
    const person = await openTasks({ profile, environment: {}, baseUrl: url, isPerson: true });
    let code: string | undefined;
    while (code === undefined) {
      await person.watch(id, 0, 1_000);
      code = (await person.status(id)).requests[0]?.code;
    }
    const piped = await run('task', 'respond', id, code, '--approve');
    expect([piped.code, piped.stderr]).toEqual([3, expect.stringContaining('Only a person answers')]);
    expect((await run('task', 'respond', id, code)).code).toBe(2);
    await person.respond(id, code, { type: 'decision', decision: 'decline' }, 'person');
    expect((await run('task', 'watch', id)).stdout).toContain('done');
  });
});

describe('threadbridge mcp', { timeout: 60_000 }, () => {
  it('is an MCP server for the agent that starts it', async () => {
    const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...place.environment };
    const client = new Client({ name: 'agent', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [main, 'mcp', '--url', url], env }) as never,
    );
    const started = await client.callTool({ name: 'task_start', arguments: { prompt: '[[say: over a pipe]]' } });
    const { id } = started.structuredContent as Task;
    let news: TaskNews;
    do {
      news = (await client.callTool({ name: 'task_watch', arguments: { id, after: 0, waitMs: 1_000 } }))
        .structuredContent as TaskNews;
    } while (news.status !== 'completed');
    expect(news.events.at(-1)).toMatchObject({ type: 'run.ended', detail: { text: 'over a pipe' } });
    await client.close();
  });
});
