import { type ChannelId, GatewayError, type RunnerHealth } from '@threadbridge/contract';
import type { Host, HostFinding, HostProcess, HostReply } from '@threadbridge/core';
import { loginCommand } from '../channels/login-entry.ts';
import type { Reloaded } from '../reload.ts';

/** What a chat may ask of the program, each as the gateway does it. */
export interface HostParts {
  readonly profile: string;
  readonly check: () => Promise<RunnerHealth>;
  /** By the user's own names, with the state of each. */
  readonly channels: () => Readonly<Record<string, string>>;
  readonly processes: () => Promise<readonly HostProcess[]>;
  readonly reconnect: (ids: readonly ChannelId[]) => Promise<void>;
  readonly reload: () => Promise<Reloaded>;
  /** Begins the stop. */
  readonly exit: () => void;
}

/** Answers what a chat asks of the program. */
export function createHost(parts: HostParts): Host {
  return {
    async ask(ask): Promise<HostReply> {
      switch (ask.what) {
        case 'doctor':
          return {
            type: 'findings',
            findings: [...ofCodex(await parts.check()), ...ofChannels(parts.channels(), parts.profile)],
          };
        case 'ps':
          return { type: 'processes', processes: await parts.processes() };
        case 'reconnect': {
          const known = Object.keys(parts.channels());
          const wanted = ask.channel === undefined ? known : known.filter((id) => id === ask.channel);
          if (wanted.length === 0 && ask.channel !== undefined) {
            const remedy = `There are: ${known.join(', ')}.`;
            throw new GatewayError('config.invalid', `There is no channel "${ask.channel}".`, { remedy, certain: true });
          }
          await parts.reconnect(wanted as ChannelId[]);
          return { type: 'done', names: wanted };
        }
        case 'reload': {
          const { changed, later } = await parts.reload();
          return { type: 'done', names: [...changed, ...later.map((path) => `${path} (after a restart)`)] };
        }
        case 'exit':
          parts.exit();
          return { type: 'done', names: [] };
      }
    },
  };
}

function ofCodex(health: RunnerHealth): readonly HostFinding[] {
  const about = health.problems.map(
    ({ code, message, remedy }): HostFinding => ({
      name: code,
      state: health.isUsable ? 'warn' : 'fail',
      text: message,
      ...(remedy !== undefined && { remedy }),
    }),
  );
  const name = `Codex ${health.version ?? ''}`.trim();
  const states = `login ${health.login}, sandbox ${health.sandbox}`;
  return [{ name, state: health.isUsable ? 'ok' : 'fail', text: states }, ...about];
}

function ofChannels(channels: Readonly<Record<string, string>>, profile: string): readonly HostFinding[] {
  return Object.entries(channels).map(([name, state]) => ({
    name,
    state: state === 'connected' ? 'ok' : 'fail',
    text: state,
    ...(state === 'needs-login' && { remedy: `Log in on the computer: ${loginCommand(name, profile)}` }),
  }));
}
