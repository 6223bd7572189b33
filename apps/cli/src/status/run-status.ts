import {
  type GatewayState,
  listProcesses,
  loadConfig,
  type RunningProcess,
  readGatewayState,
  resolveProfile,
  type ServiceToken,
  showServiceTokens,
} from '@threadbridge/gateway';
import type { StatusOptions } from '../commands/status.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { plainText } from '../terminal/plain-text.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { describeState } from './describe-state.ts';

/** Prints how a profile stands, with the processes of all. Answers with the exit code. */
export async function runStatus(options: StatusOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const state = await readGatewayState(profile);
  const processes = await listProcesses(profile.paths.home);
  const tokens = options.showTokens ? await showServiceTokens(profile) : [];
  if (options.json) writeLine(io.stdout, JSON.stringify({ ...state, processes, ...(options.showTokens && { tokens }) }));
  else for (const line of lines(state, processes, tokens)) writeLine(io.stdout, plainText(line));
  return exitCode.done;
}

function lines(state: GatewayState, processes: readonly RunningProcess[], tokens: readonly ServiceToken[]): readonly string[] {
  const others = processes.filter(({ pid }) => !state.isRunning || pid !== state.pid);
  return [
    ...describeState(state, Date.now()),
    ...others.map(({ kind, profile, pid }) => `also running: ${kind} of ${profile}, process ${pid}`),
    ...tokens.map(describeToken),
  ];
}

function describeToken(token: ServiceToken): string {
  switch (token.state) {
    case 'new':
      return `token of ${token.service}: ${token.token} (shown this once)`;
    case 'shown':
      return `token of ${token.service}: was shown at ${new Date(token.shownAt).toISOString()}; threadbridge secret rotate ${token.service}.token makes another`;
    case 'configured':
      return `token of ${token.service}: where the configuration says`;
  }
}
