import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asId, type JsonObject, type RunInput } from '@threadbridge/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({}, [
    {
      when: /two tools/,
      reply: [
        {
          type: 'parallel',
          calls: ['A', 'B'].map((city) => ({ type: 'tool' as const, name: 'weather', arguments: { city } })),
        },
        { type: 'text', text: ({ outputs }) => outputs.map(({ text }) => text).join(' and ') },
      ],
    },
  ]);
});
afterAll(() => world[Symbol.asyncDispose]());

const isInLastRequest = (words: string) => JSON.stringify(world.model.requests.at(-1)?.body).includes(words);

it('answers what the history ends with where nothing is said', async () => {
  const history = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: '[[say: heard]]' }] }];
  const events = await collect(world.start('', { history, ephemeral: true }));
  expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'heard' });
  expect(world.model.requests.at(-1)?.userTexts).toEqual(['[[say: heard]]']);
});

it('shows the model a picture that is no file', async () => {
  const pixel =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await collect(world.start('look', { images: [pixel], ephemeral: true }));
  expect(world.model.requests.at(-1)?.lastUserPictures).toBe(1);
  expect(isInLastRequest(pixel)).toBe(true);
});

it('tells the model of no directory where it is to have none', async () => {
  const [started] = ofType(await collect(world.start('hi', { environment: 'none', ephemeral: true })), 'thread.started');
  expect(started).toMatchObject({ provider: 'scripted', model: 'gpt-5.5' });
  expect(isInLastRequest(world.workspace)).toBe(false);
  await collect(world.start('hi', { ephemeral: true }));
  expect(isInLastRequest(world.workspace)).toBe(true);
});

it('starts none of the MCP servers of the user where there is to be no environment', async () => {
  const trace = join(world.home, 'started');
  const server = { command: '/bin/sh', args: ['-c', `echo x >> ${trace}; cat`] };
  const config = { mcp_servers: { spy: server } };
  const start = (input: Partial<RunInput>) => collect(other.start('hi', { ephemeral: true, ...input }));
  await using other = await setUp({ config: { ...(world.model.codexConfig() as JsonObject), ...config } });
  await writeFile(
    join(other.home, 'config.toml'),
    `[mcp_servers.other]\ncommand = "/bin/sh"\nargs = ["-c", "echo x >> ${trace}; cat"]\nenv = { A = "b" }\n`,
  );
  await start({ environment: 'none' });
  expect(existsSync(trace)).toBe(false);
  await start({});
  expect(existsSync(trace)).toBe(true);
});

it('counts early, before the tools are done, and ends with the same sum', async () => {
  const tools = [{ name: 'weather', description: 'the weather', inputSchema: { type: 'object', properties: {} } }];
  const run = world.start('use two tools', { tools, usage: 'early', ephemeral: true });
  const open: string[] = [];
  let early: unknown;
  const events = await collect(run, async (event) => {
    if (event.type === 'usage.updated' && early === undefined) early = event.usage.last;
    if (event.type === 'approval.requested') open.push(event.approval.id);
    if (open.length < 2 || early === undefined) return;
    for (const id of open.splice(0)) await run.answer(asId(id), { type: 'toolResult', isSuccess: true, text: 'sunny' });
  });
  const end = events.at(-1);
  expect(end).toMatchObject({ type: 'turn.completed', text: 'sunny and sunny' });
  const lasts = ofType(events, 'usage.updated').map(({ usage }) => usage);
  expect(lasts.at(0)?.total).toEqual(lasts.at(0)?.last);
  expect(end).toMatchObject({ usage: { total: lasts.at(-1)?.total } });
  const different = new Set(lasts.map(({ total }) => total.input));
  expect(different.size).toBe(2);
});

it('numbers the parts of a reasoning summary', async () => {
  const events = await collect(world.start('[[think: hm]] [[say: yes]]', { summary: 'auto', ephemeral: true }));
  expect(ofType(events, 'reasoning.delta')).toMatchObject([{ part: 0, delta: 'hm' }]);
});

it('lists models and says who is logged in, without a turn', async () => {
  const before = world.model.requests.length;
  const models = await world.runner.capabilities.models.list();
  expect(models.find(({ id }) => id === 'gpt-5.5')).toMatchObject({ inputs: ['text', 'image'] });
  expect(models.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  expect(await world.runner.capabilities.account.read()).toMatchObject({
    login: 'notNeeded',
    id: expect.stringMatching(/^acct_/),
  });
  expect(world.model.requests).toHaveLength(before);
});
