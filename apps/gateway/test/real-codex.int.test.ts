import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenGatewayOptions, openGateway, type ProfileInput, type RunningGateway } from '../src/index.ts';
import { createWorld, type World } from './set-up.ts';

/** Configuration, gateway, SQLite, the real Codex binary; only the model and the chat platform are ours. */
let world: World;
let model: ScriptedModel;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  world = await createWorld();
  model = await startScriptedModel();
});
afterEach(async () => {
  await gateway?.stop();
  await model.close();
  await world[Symbol.asyncDispose]();
});

async function open(codex: ProfileInput['codex'], options: Partial<OpenGatewayOptions> = {}): Promise<void> {
  await mkdir(join(world.root, 'codex'), { recursive: true });
  const profile = await world.profile({ codex: { home: join(world.root, 'codex'), ...codex }, nativeApi: { enabled: false } });
  gateway = await openGateway({
    profile,
    environment: { PATH: process.env.PATH, HOME: world.root, OPENAI_SECRET: 'sk-the-secret-of-this-test' },
    extraChannels: [{ channel: world.platform.connect(), owner: world.platform.owner.id }],
    services: [],
    ...options,
  });
}

/** Everything that processes of this Codex home were started with. Linux only. */
function startedWith(codexHome: string): string {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .map((pid) => ({ environment: read(`/proc/${pid}/environ`), command: read(`/proc/${pid}/cmdline`) }))
    .filter(({ environment }) => environment.includes(`CODEX_HOME=${codexHome}`))
    .map(({ environment, command }) => environment + command)
    .join();
}

/** The scripted model, for those alone who show a key. */
function behindKey() {
  const config = model.codexConfig() as { model_providers: { scripted: object } } & ReturnType<ScriptedModel['codexConfig']>;
  return { ...config, model_providers: { scripted: { ...config.model_providers.scripted, requires_openai_auth: true } } };
}

const apiKey = { mode: 'api-key', apiKey: { source: 'env', name: 'OPENAI_SECRET' } } as const;

it.each(['stdio', 'socket'] as const)(
  'logs Codex in with the key of the profile, which no process list shows (%s)',
  async (transport) => {
    await open({ auth: apiKey, config: behindKey() }, { transport });
    world.platform.say('[[say: hello to a key]]');
    await expect.poll(world.shown, { timeout: 20_000 }).toEqual(['hello to a key']);
    expect(model.requests.at(-1)?.headers.authorization).toBe('Bearer sk-the-secret-of-this-test');
    expect(startedWith(join(world.root, 'codex'))).not.toContain('sk-the-secret-of-this-test');
    expect(await world.log()).not.toContain('sk-the-secret-of-this-test');
  },
);

it('says that the key is missing before anything runs', async () => {
  const refused = open({ auth: apiKey, config: behindKey() }, { environment: { PATH: process.env.PATH, HOME: world.root } });
  await expect(refused).rejects.toMatchObject({ code: 'config.secret_missing' });
});

it('runs by the SDK, which asks nothing', async () => {
  await open({ backend: 'sdk', config: { ...model.codexConfig() } });
  world.platform.say('[[say: hello by the SDK]]');
  await expect.poll(world.shown, { timeout: 30_000 }).toEqual(['hello by the SDK']);
});

it('starts a server anew that was started with other variables, and ends it with a stop', async () => {
  await open({ config: { ...model.codexConfig() } }, { transport: 'socket' });
  world.platform.say('[[say: one]]');
  await expect.poll(world.shown, { timeout: 20_000 }).toEqual(['one']);
  await gateway?.stop({ runs: 'leave' });
  expect(startedWith(join(world.root, 'codex'))).toContain('app-server');
  const environment = { PATH: process.env.PATH, HOME: world.root, MARK: 'of the second' };
  await open({ config: { ...model.codexConfig() }, env: ['MARK'] }, { transport: 'socket', environment });
  world.platform.say('[[say: two]]');
  await expect.poll(world.shown, { timeout: 20_000 }).toEqual(['one', 'two']);
  expect(startedWith(join(world.root, 'codex'))).toContain('MARK=of the second');
  await gateway?.stop();
  expect(startedWith(join(world.root, 'codex'))).toBe('');
});

it('answers from the real Codex, in a home and with a model that the profile names', async () => {
  const home = join(world.root, 'codex');
  await mkdir(home);
  const profile = await world.profile({ codex: { home, config: { ...model.codexConfig() } }, nativeApi: { port: 0 } });
  gateway = await openGateway({
    profile,
    environment: { PATH: process.env.PATH, HOME: world.root },
    extraChannels: [{ channel: world.platform.connect(), owner: world.platform.owner.id }],
  });
  world.platform.say('[[say: hello from the model]]');
  await expect.poll(world.shown, { timeout: 20_000 }).toEqual(['hello from the model']);
  expect(model.problems).toEqual([]);
  expect(await readFile(join(profile.paths.logs, 'gateway.jsonl'), 'utf8')).not.toContain('hello from the model');
});
