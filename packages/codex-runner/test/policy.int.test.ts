import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, JsonObject, RunEvent, RunHandle, ThreadId } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCodexRunner } from '../src/index.ts';
import { baseEnvironment, collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;
const outputs = (events: readonly RunEvent[]) =>
  ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item.output ?? ''] : []));
const answering = (run: RunHandle, answer: Answer) =>
  collect(run, (event) => (event.type === 'approval.requested' ? run.answer(event.approval.id, answer) : undefined));
const asked = (events: readonly RunEvent[]) => ofType(events, 'approval.requested').map(({ approval }) => approval);

describe('what a run may touch', () => {
  it('is what the sandbox says, turn by turn, on one loaded thread', async () => {
    const prompt = '[[run: touch made && echo yes || echo no]] [[say: ok]]';
    const first = await collect(world.start(prompt, { sandbox: 'workspace-write' }));
    expect(outputs(first)).toEqual(['yes\n']);
    const second = await collect(world.start(prompt.replace('made', 'again'), { sandbox: 'read-only', thread: threadOf(first) }));
    expect(outputs(second).join()).toContain('no\n');
    await expect(access(join(world.workspace, 'again'))).rejects.toThrow();
  });

  it('excludes paths that reading is denied to, also on a thread that was loaded without that', async () => {
    const secret = join(world.home, 'secret.txt');
    await writeFile(secret, 'hunter2');
    const prompt = `[[run: cat ${secret} || echo hidden]] [[say: ok]]`;
    const open = await collect(world.start(prompt));
    expect(outputs(open)).toEqual(['hunter2']);
    const thread = threadOf(open);
    for (const sandbox of ['read-only', 'workspace-write'] as const) {
      const events = await collect(world.start(prompt, { thread, sandbox, denyRead: [world.home] }));
      expect(outputs(events).join()).toContain('hidden');
      expect(outputs(events).join()).not.toContain('hunter2');
    }
  }, 20_000);

  it('may read one directory inside of what is hidden, and write nothing there', async () => {
    const [open, closed] = [join(world.home, 'deep', 'scope', 'open'), join(world.home, 'closed')];
    await Promise.all([open, closed].map((path) => mkdir(path, { recursive: true })));
    await Promise.all([open, closed].map((path) => writeFile(join(path, 'note.txt'), `from ${path}`)));
    const prompt = `[[run: cat ${open}/note.txt; cat ${closed}/note.txt; ls ${world.home}; touch ${open}/made || echo unwritable]] [[say: ok]]`;
    for (const sandbox of ['read-only', 'workspace-write'] as const) {
      const events = await collect(world.start(prompt, { sandbox, denyRead: [world.home], allowRead: [open] }));
      const output = outputs(events).join();
      expect(output).toContain(`from ${open}`);
      expect(output).toContain('unwritable');
      expect(output).not.toContain(`from ${closed}`);
      expect(output).not.toMatch(/^closed$/m);
    }
  }, 20_000);

  it('sees no variable of the app-server beyond the basic ones', async () => {
    const other = world.another({ env: { ...baseEnvironment(), OPENAI_API_KEY: 'sk-test', SECRET_TOKEN: 'abc' } });
    const events = await collect(
      other.start({ prompt: '[[run: env]] [[say: ok]]', workspace: world.workspace, sandbox: 'read-only' }),
    );
    expect(outputs(events).join()).toContain('PATH=');
    expect(outputs(events).join()).not.toMatch(/sk-test|SECRET_TOKEN/);
    await other[Symbol.asyncDispose]();
  });

  it('sees what the configuration of the runner lets through', async () => {
    const config = { ...world.model.codexConfig(), shell_environment_policy: { inherit: 'all' } } as JsonObject;
    const other = world.another({ env: { ...baseEnvironment(), PROXY_OF_MINE: 'http://proxy' }, config });
    const events = await collect(
      other.start({ prompt: '[[run: env]] [[say: ok]]', workspace: world.workspace, sandbox: 'read-only' }),
    );
    expect(outputs(events).join()).toContain('PROXY_OF_MINE=http://proxy');
    await other[Symbol.asyncDispose]();
  });

  it('takes the configuration of each run, though a loaded thread would ignore it', async () => {
    const run = (name: string, thread?: ThreadId) =>
      world.start('[[run: echo "<$WHO>"]] [[say: ok]]', {
        config: { shell_environment_policy: { inherit: 'core', set: { WHO: name } } },
        ...(thread !== undefined && { thread }),
      });
    const first = await collect(run('alice'));
    expect(outputs(first)).toEqual(['<alice>\n']);
    expect(outputs(await collect(run('bob', threadOf(first))))).toEqual(['<bob>\n']);
  });
});

describe('questions that are no commands', () => {
  // A model Codex does not know is offered MCP tools directly; others have to search for them.
  const config = (): JsonObject => ({
    mcp_servers: { fixture: { command: process.execPath, args: [join(import.meta.dirname, 'fixtures', 'mcp-server.mjs')] } },
  });

  it('asks before an MCP tool is used, once for the session', async () => {
    const prompt = '[[tool: mcp__fixture/act | {"n":7}]] [[say: ok]]';
    const first = await answering(world.start(prompt, { config: config(), model: 'plain' }), {
      type: 'decision',
      decision: 'acceptForSession',
    });
    expect(asked(first)).toMatchObject([
      {
        kind: 'elicitation',
        server: 'fixture',
        reason: 'Arguments: {"n":7}',
        offered: ['accept', 'acceptForSession', 'acceptAlways', 'decline', 'cancel'],
      },
    ]);
    const calls = ofType(first, 'item.completed').flatMap(({ item }) => (item.type === 'tool.call' ? [item] : []));
    expect(calls).toMatchObject([{ server: 'fixture', tool: 'act', status: 'completed' }]);
    expect(asked(await collect(world.start(prompt, { config: config(), model: 'plain', thread: threadOf(first) })))).toEqual([]);
  });

  it('carries the content of a form to the MCP server', async () => {
    const run = world.start('[[tool: mcp__fixture/ask]] [[say: ok]]', { config: config(), model: 'plain' });
    const events = await collect(run, (event) => {
      if (event.type !== 'approval.requested' || event.approval.kind !== 'elicitation') return undefined;
      return event.approval.schema === undefined
        ? run.answer(event.approval.id, { type: 'decision', decision: 'accept' })
        : run.answer(event.approval.id, { type: 'elicitation', action: 'accept', content: { colour: 'green' } });
    });
    expect(asked(events)).toMatchObject([
      { kind: 'elicitation' },
      { kind: 'elicitation', message: 'Which colour?', schema: { properties: { colour: {} } }, offered: ['decline', 'cancel'] },
    ]);
    expect(JSON.stringify(world.model.requests.at(-1)?.body)).toContain('chosen: accept green');
  });

  it('grants permissions in the measure they were answered', async () => {
    const permissions = JSON.stringify({ permissions: { network: { enabled: true } }, reason: 'to fetch' });
    const run = world.start(`[[tool: request_permissions | ${permissions}]] [[say: ok]]`, {
      config: { features: { request_permissions_tool: true } },
    });
    const events = await answering(run, { type: 'decision', decision: 'accept' });
    expect(asked(events)).toMatchObject([
      { kind: 'permissions', permissions: { network: { enabled: true } }, reason: 'to fetch' },
    ]);
    expect(JSON.stringify(world.model.requests.at(-1)?.body)).toMatch(/network.*enabled/s);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed' });
  });

  it('are declined when nobody answers in time', async () => {
    const other = world.another({ approvalTimeoutMs: 1 });
    const run = other.start({ prompt: '[[run!: touch late]] [[say: ok]]', workspace: world.workspace, sandbox: 'read-only' });
    const events = await collect(run);
    expect(ofType(events, 'approval.closed')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'ok' });
    await expect(access(join(world.workspace, 'late'))).rejects.toThrow();
    await other[Symbol.asyncDispose]();
  });
});

describe('a model that falls silent', () => {
  it('fails the turn as unreachable after the deadline, and not while a command runs', async () => {
    const clock = createManualClock();
    const other = world.another({ clock, turnDeadlineMs: 60_000 });
    const prompt = '[[run: until [ -e go ]; do sleep 0.01; done]] [[hold: dumb | word | never]]';
    const run = other.start({ prompt, workspace: world.workspace, sandbox: 'read-only' });
    const events = await collect(run, async (event) => {
      if (event.type === 'item.started' && event.item.type === 'command') {
        await clock.advance(3_600_000);
        await writeFile(join(world.workspace, 'go'), '');
      }
      if (event.type === 'text.delta') await clock.advance(60_000);
    });
    expect(ofType(events, 'text.delta')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', error: { kind: 'unreachable' } });
    await other[Symbol.asyncDispose]();
  });

  it('is told apart from a server that is not there', async () => {
    const run = world.start('[[say: x]]', {
      config: {
        model_providers: {
          scripted: {
            base_url: 'http://127.0.0.1:9/v1',
            name: 'Nobody',
            wire_api: 'responses',
            request_max_retries: 0,
            stream_max_retries: 0,
          },
        },
      },
    });
    expect((await collect(run)).at(-1)).toMatchObject({ type: 'turn.failed', error: { kind: 'unreachable' } });
  });
});

describe('health', () => {
  it('says what works', async () => {
    expect(await world.runner.check()).toMatchObject({
      isUsable: true,
      name: 'codex',
      version: '0.169.0',
      login: 'notNeeded',
      home: world.home,
    });
  });

  it('says that nobody is logged in, and how to', async () => {
    const bare = createCodexRunner({ codexHome: world.workspace, env: baseEnvironment() });
    const health = await bare.check();
    expect(health).toMatchObject({ isUsable: false, login: 'missing' });
    expect(health.problems).toContainEqual(
      expect.objectContaining({ code: 'runner.unauthorized', remedy: expect.stringContaining('login') }),
    );
    await bare[Symbol.asyncDispose]();
  });

  it('does not throw where the program is missing, and names the remedy', async () => {
    const none = createCodexRunner({ bin: '/nowhere/codex' });
    expect(await none.check()).toMatchObject({
      isUsable: false,
      problems: [{ code: 'runner.missing', remedy: expect.any(String) }],
    });
    const run = none.start({ prompt: 'x', workspace: world.workspace, sandbox: 'read-only' });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.missing', certain: true });
  });

  it('tells why Codex did not start', async () => {
    const homeless = createCodexRunner({ codexHome: '/nowhere/home', env: baseEnvironment() });
    const [problem] = (await homeless.check()).problems;
    expect(problem?.message).toContain('/nowhere/home');
  });
});
