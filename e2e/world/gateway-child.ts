import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ProfileOverrides } from '@threadbridge/gateway';
import { processesOf } from './processes.ts';
import { until } from './until.ts';

/** What the process opens. */
export interface GivenGateway {
  readonly home: string;
  readonly settings: ProfileOverrides;
  /** Of the gateway, as a value; with secrets, where the settings name some. */
  readonly environment: Readonly<Record<string, string>>;
  /** `socket`: Codex outlives the gateway. Default `stdio`. */
  readonly transport?: 'stdio' | 'socket';
  /** Keeps a chat in files. Without it: the channels of the settings alone. */
  readonly directory?: string;
  /** One line of JSON for each turn that began, of an agent that is played. Without it: the real Codex. */
  readonly turns?: string;
}

/** A gateway in a process of its own, which is ended at any moment and started again on what it left. */
export interface GatewayChild {
  start(): Promise<void>;
  /** Ends it by a signal; resolves once it is gone and, but for a server on a socket, everything it had started. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const script = join(import.meta.dirname, '../processes/gateway.ts');

/** `codexHome`: of what it starts. Absent: it starts nothing. */
export function createGatewayChild(given: GivenGateway, codexHome?: string): GatewayChild {
  const { PATH = '', HOME = '', LANG = '' } = given.environment;
  let child: ChildProcess | undefined;
  return {
    async start() {
      const started = spawn(process.execPath, [script, JSON.stringify(given)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH, HOME, LANG },
      });
      child = started;
      await Promise.race([
        once(started.stdout, 'data'),
        once(started, 'exit').then(() => Promise.reject(new Error('The gateway ended before it was ready.'))),
      ]);
    },
    async end(signal) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      if (codexHome === undefined || given.transport === 'socket') return;
      await until(
        () => (processesOf(codexHome).length === 0 ? true : undefined),
        () => `still there: ${JSON.stringify(processesOf(codexHome))}`,
      );
    },
  };
}
