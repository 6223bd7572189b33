import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunInput } from '@threadbridge/contract';
import { actorId, asId, type ChannelId } from '@threadbridge/contract';
import { createFakePlatform, createScriptedAgent } from '@threadbridge/contract/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  askControl,
  listProcesses,
  loadConfig,
  readGatewayState,
  resolveProfile,
  type SpanAttributes,
  type Tracer,
} from '../src/index.ts';
import { services } from '../src/services/registry.ts';
import { createWorld, type World } from './set-up.ts';

let world: World;
/** What the agent was asked for. */
let asked: RunInput[];
let agent: ReturnType<typeof createScriptedAgent>;
const createRunner = async () => agent.runner();
beforeEach(async () => {
  world = await createWorld();
  asked = [];
  agent = createScriptedAgent((input) => {
    asked.push(input);
    return input.prompt.includes('until steered') ? [{ wait: true }, { say: 'done' }] : [{ say: 'done' }];
  });
});
afterEach(() => world[Symbol.asyncDispose]());

const console = { enabled: true, port: 0 } as const;
const quiet = { nativeApi: { enabled: false }, console } as const;

describe('a running gateway', () => {
  it('tells how it stands over its socket, and what is left when it is gone', async () => {
    const profile = await world.profile();
    expect(await readGatewayState(profile)).toMatchObject({ isRunning: false, queue: 0 });
    const gateway = await world.open({}, { createRunner });
    world.platform.say('work until steered');
    await expect.poll(() => asked.length).toBe(1);
    world.platform.say('and more');
    await expect
      .poll(() => readGatewayState(profile))
      .toMatchObject({
        ...{ isRunning: true, pid: process.pid, channels: { terminal: 'connected' }, queue: 1 },
        runs: [{ isWaiting: false, startedAt: expect.any(Number) }],
      });
    expect(JSON.stringify(await readGatewayState(profile))).not.toContain('and more');
    expect(await listProcesses(world.home)).toMatchObject([{ kind: 'gateway', profile: 'default', pid: process.pid }]);
    await gateway.stop();
    expect(await listProcesses(world.home)).toEqual([]);
    expect(await readGatewayState(profile)).toMatchObject({ isRunning: false });
  });

  it('ends when it is asked to over its socket', async () => {
    const gateway = await world.open();
    expect(await askControl((await world.profile()).paths, 'stop')).toEqual({ pid: process.pid });
    await gateway.stopped;
  });

  it('answers who watches over it, and shows figures to those with the token', async () => {
    const tracer = createTracer();
    const token = { source: 'env', name: 'CONSOLE_TOKEN' } as const;
    const secret = 'a-token-of-more-than-thirty-two-characters';
    const gateway = await world.open(
      { ...quiet, console: { ...console, token } },
      { services, tracer, createRunner, environment: { CONSOLE_TOKEN: secret } },
    );
    const address = gateway.ready.console;
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ status: 'ok', channels: { terminal: 'connected' } });
    expect((await fetch(`${address}/metrics`)).status).toBe(401);
    world.platform.say('words that nobody may count');
    await expect.poll(world.shown).toEqual(['done']);
    const metrics = await (await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${secret}` } })).text();
    expect(metrics).toContain('threadbridge_runs_total{status="completed"} 1');
    expect(metrics).toMatch(/threadbridge_decisions_total\{kind="run",outcome="\w+"\} 1/);
    expect(metrics).toContain('threadbridge_channel_states_total{channel="terminal",state="connected"} 1');
    expect(metrics).toContain('threadbridge_nodejs_eventloop_lag_seconds');
    expect(metrics).not.toContain('words that nobody');
    await gateway.stop();
    // The way of a message: what was decided of it, its run, what was said of it.
    expect(tracer.ended).toContainEqual({
      span: 'threadbridge.decide',
      input: 'message.received',
      channel: 'terminal',
      effects: expect.any(Number),
    });
    expect(tracer.ended.filter(({ span }) => span === 'threadbridge.run')).toMatchObject([
      { sandbox: 'workspace-write', status: 'completed' },
    ]);
    expect(tracer.ended).toContainEqual({ span: 'threadbridge.effect', effect: 'deliver', channel: 'terminal', outcome: 'done' });
    expect(JSON.stringify(tracer.ended)).not.toContain('words that nobody');
  });

  it('shows its health without the console: beside tasks, or alone where that is wanted', async () => {
    const off = { enabled: false } as const;
    const token = { source: 'env', name: 'CONSOLE_TOKEN' } as const;
    const port = { enabled: false, port: 0, token } as const;
    const environment = { CONSOLE_TOKEN: 'a-token-that-nobody-guesses-0123456789' };
    const kinds = [
      [{ nativeApi: off, console: port }, 'tasks'],
      [{ nativeApi: off, console: port, taskApi: off, health: { enabled: true } }, 'nothing else'],
    ] as const;
    for (const [settings, beside] of kinds) {
      const gateway = await world.open(settings, { services, createRunner, environment });
      const address = gateway.ready.console;
      const status = async (path: string, headers?: Readonly<Record<string, string>>) =>
        (await fetch(`${address}${path}`, { ...(headers && { headers }) })).status;
      expect([await status('/healthz'), await status('/readyz'), await status('/metrics')], beside).toEqual([200, 200, 401]);
      const authorization = `Bearer ${environment.CONSOLE_TOKEN}`;
      expect(await status('/metrics', { authorization }), beside).toBe(200);
      expect(await status('/metrics', { authorization, origin: 'https://evil.example' }), beside).toBe(403);
      expect(await status('/tasks', { authorization }), beside).toBe(beside === 'tasks' ? 200 : 404);
      expect(await status('/'), beside).not.toBe(200);
      await gateway.stop();
    }
    const gateway = await world.open({ nativeApi: off, console: port, taskApi: off }, { services, createRunner, environment });
    expect(gateway.ready.console).toBeUndefined();
  });
});

describe('a chat that asks something of the program', () => {
  it('hears what runs and how it stands, costs no turn', async () => {
    await world.open({}, { createRunner });
    world.platform.say('/ps');
    await expect.poll(() => world.shown().join()).toContain(`gateway default, process ${process.pid}`);
    world.platform.say('/doctor');
    await expect.poll(() => world.shown().join()).toContain('terminal: connected');
    expect(asked).toEqual([]);
  });

  it('connects anew', async () => {
    await world.open();
    world.platform.say('/reconnect');
    await expect.poll(() => world.shown().join()).toContain('Connecting anew: terminal');
    await expect.poll(() => world.events.filter(({ event }) => event === 'channel')).toHaveLength(2);
    world.platform.say('/reconnect nowhere');
    await expect.poll(() => world.shown().join()).toContain('There are: terminal');
  });

  it('ends the program, once, and says so before', async () => {
    const gateway = await world.open();
    world.platform.say('/exit');
    await gateway.stopped;
    expect(world.shown().join()).toContain('The gateway ends now');
    await world.open();
    world.platform.say('/whoami');
    await expect.poll(() => world.shown().join()).toContain('here as owner');
  });

  it('is refused what only admins may', async () => {
    await world.open({ access: { users: ['terminal:bob'] } });
    const bob = { id: actorId(asId<ChannelId>('terminal'), 'bob') };
    for (const text of ['/exit', '/ps', '/doctor', '/reconnect', '/config reload']) world.platform.say(text, { actor: bob });
    world.platform.say('/whoami');
    await expect.poll(() => world.shown().join()).toContain('here as owner');
    expect(world.shown().join()).not.toMatch(/process \d|ends now|Read again/);
  });
});

describe('a configuration that is read again', () => {
  it('judges by the new rules, leaves the run alone, and says what needs a restart', async () => {
    const file = join(world.home, 'config.json');
    const write = (profile: object) =>
      writeFile(
        file,
        JSON.stringify({
          profiles: { default: { workspaces: { default: world.workspace }, runs: { quietWindowMs: 0 }, ...quiet, ...profile } },
        }),
      );
    const load = async () => resolveProfile(await loadConfig({ environment: {}, flags: { home: world.home } }));
    await mkdir(world.home);
    await write({});
    const gateway = await world.open({}, { profile: await load(), reload: load, createRunner });
    world.platform.say('work until steered');
    await expect.poll(() => asked.length).toBe(1);
    await write({ language: 'zh', permissions: { defaultAccess: 'read-only' }, retention: { messagesDays: 5 } });
    expect(await gateway.reload()).toEqual({
      changed: ['permissions.defaultAccess'],
      later: ['language', 'retention.messagesDays'],
    });
    world.platform.say('/steer go on');
    await expect.poll(() => world.shown().join()).toContain('done');
    world.platform.say('more');
    await expect.poll(() => asked[1]?.sandbox).toBe('read-only');
    await write({ permissions: { defaultAccess: 'everything' } });
    await expect(gateway.reload()).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it('listens to a channel that was added, and no more to one that was taken out', async () => {
    const other = createFakePlatform({ id: 'phone' });
    const factory = { type: 'ilink' as const, create: async () => other.connect() };
    const withPhone = await world.profile({ channels: { phone: { type: 'ilink' } }, access: { owners: [other.owner.id] } });
    const without = await world.profile();
    let now = withPhone;
    const gateway = await world.open({}, { channelFactories: [factory], reload: async () => now });
    expect((await gateway.reload()).changed).toContain('channels.phone.type');
    other.say('/whoami');
    await expect.poll(() => other.shown.length).toBe(1);
    now = without;
    await gateway.reload();
    other.say('/whoami');
    world.platform.say('/whoami');
    await expect.poll(() => world.shown().length).toBe(1);
    expect(other.shown).toHaveLength(1);
  });
});

/** As much of OpenTelemetry as it takes to see what arrives there. */
function createTracer(): Tracer & { readonly ended: SpanAttributes[] } {
  const ended: SpanAttributes[] = [];
  return {
    ended,
    startSpan(span, { attributes }) {
      const all = { span, ...attributes };
      return { setAttributes: (more) => Object.assign(all, more), setStatus: () => {}, end: () => ended.push(all) };
    },
  };
}
