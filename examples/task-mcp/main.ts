import assert from 'node:assert/strict';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { loadConfig, openGateway, openTasks, resolveProfile, showServiceTokens } from '@threadbridge/gateway';
import { delegate } from './agent.ts';

// A gateway of its own place and port. Yours is there already.
await using codex = await setUpScriptedCodex();
const home = await realpath(await mkdtemp(join(tmpdir(), 'task-mcp-')));
const environment = { PATH: process.env.PATH ?? '', HOME: home };
const settings = {
  codex: { home: codex.options.codexHome ?? '', auth: { mode: 'codex-home' }, config: codex.model.codexConfig() },
  workspaces: { default: codex.workspace },
  nativeApi: { enabled: false },
  console: { enabled: true, port: 0 },
} as const;
const profile = resolveProfile(await loadConfig({ environment, flags: { home, settings } }));
const gateway = await openGateway({ profile, environment });
const baseUrl = gateway.ready.console ?? '';
const shown = (await showServiceTokens(profile)).find(({ service }) => service === 'console');
const token = shown?.state === 'new' ? shown.token : '';

const mcp = new Client({ name: 'another agent', version: '1.0.0' });
const requestInit = { headers: { authorization: `Bearer ${token}` } };
await mcp.connect(new StreamableHTTPClientTransport(new URL(`${baseUrl}/mcp`), { requestInit }) as never);

const person = await openTasks({ profile, environment, baseUrl, isPerson: true });
const task = await delegate(mcp, 'write a file', async ({ id, requests }) => {
  const [request] = requests;
  assert.ok(request);
  const answer = { type: 'decision', decision: 'accept' } as const;
  const tried = await mcp.callTool({ name: 'task_respond', arguments: { id, request: request.id, answer } });
  assert.equal(tried.isError, true);
  console.log(`The task asks: ${request.kind}. The agent may not answer; a person does.`);
  await person.respond(id, request.id, answer, 'person');
});
console.log(`${task.status}: ${task.text}`);
assert.equal(task.status, 'completed');
assert.match(await readFile(join(codex.workspace, 'hello.md'), 'utf8'), /# Hello/);

await mcp.close();
await gateway.stop();
await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
