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
import type { Texts } from '../texts/texts.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { describeState } from './describe-state.ts';

/** Prints how a profile stands, with the processes of all. Answers with the exit code. */
export async function runStatus(options: StatusOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const state = await readGatewayState(profile);
  const processes = await listProcesses(profile.paths.home);
  const tokens = options.showTokens ? await showServiceTokens(profile) : [];
  if (options.json) writeLine(io.stdout, JSON.stringify({ ...state, processes, ...(options.showTokens && { tokens }) }));
  else for (const line of lines(state, processes, tokens, io.texts)) writeLine(io.stdout, plainText(line));
  return exitCode.done;
}

function lines(
  state: GatewayState,
  processes: readonly RunningProcess[],
  tokens: readonly ServiceToken[],
  texts: Texts,
): readonly string[] {
  const others = processes.filter(({ pid }) => !state.isRunning || pid !== state.pid);
  return [
    ...describeState(state, Date.now(), texts),
    ...others.map((other) => texts.status.also(other)),
    ...tokens.map((token) => describeToken(token, texts)),
  ];
}

function describeToken(token: ServiceToken, { status }: Texts): string {
  switch (token.state) {
    case 'new':
      return status.tokenNew(token);
    case 'shown':
      return status.tokenShown({ service: token.service, at: new Date(token.shownAt).toISOString() });
    case 'configured':
      return status.tokenConfigured(token.service);
  }
}
