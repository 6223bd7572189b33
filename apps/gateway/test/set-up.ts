import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runner } from '@threadbridge/contract';
import { createFakePlatform, createScriptedAgent } from '@threadbridge/contract/testing';
import {
  type Environment,
  type LifecycleEvent,
  loadConfig,
  type OpenGatewayOptions,
  openGateway,
  type ProfileInput,
  type ResolvedProfile,
  type RunningGateway,
  resolveProfile,
} from '../src/index.ts';

/** A computer of its own: a state directory, a workspace, a chat platform and an agent that outlive the gateways of a test. */
export async function createWorld() {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-gateway-')));
  const home = join(root, 'state');
  const workspace = join(root, 'project');
  await mkdir(workspace);
  const platform = createFakePlatform({ id: 'terminal' });
  const agent = createScriptedAgent();
  const events: LifecycleEvent[] = [];
  const gateways: RunningGateway[] = [];

  async function profile(settings: ProfileInput = {}, environment: Environment = {}): Promise<ResolvedProfile> {
    const defaults: ProfileInput = { workspaces: { default: workspace }, runs: { quietWindowMs: 0 } };
    return resolveProfile(await loadConfig({ environment, flags: { home, settings: { ...defaults, ...settings } } }));
  }

  return {
    root,
    home,
    workspace,
    platform,
    agent,
    events,
    profile,
    /** Opens a gateway on the platform and the agent; it is stopped with the world. */
    async open(settings: ProfileInput = {}, options: Partial<OpenGatewayOptions> = {}): Promise<RunningGateway> {
      const gateway = await openGateway({
        profile: await profile(settings),
        environment: {},
        extraChannels: [{ channel: platform.connect(), owner: platform.owner.id }],
        createRunner: async (): Promise<Runner> => agent.runner(),
        onEvent: (event) => events.push(event),
        // Tests run side by side, and a default port is there once.
        services: [],
        ...options,
      });
      gateways.push(gateway);
      return gateway;
    },
    shown: () => platform.shown.map(({ message }) => message.markdown),
    log: () => readFile(join(home, 'profiles', 'default', 'logs', 'gateway.jsonl'), 'utf8'),
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(gateways.map((gateway) => gateway.stop()));
      await rm(root, { recursive: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
