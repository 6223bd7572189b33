import { type ChannelEvent, GatewayError } from '@threadbridge/contract';
import {
  type AccountState,
  loadConfig,
  probeChannel,
  type ResolvedProfile,
  resolveProfile,
  showAccounts,
} from '@threadbridge/gateway';
import { catchSignals } from '../catch-signals.ts';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { plainText } from '../terminal/plain-text.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Prints the WeChat accounts of the profile. Answers with the exit code. */
export async function showWechat(options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const accounts = await showAccounts({ profile, type: 'ilink' });
  if (options.json) {
    writeLine(io.stdout, JSON.stringify({ accounts }));
    return exitCode.done;
  }
  if (accounts.length === 0) writeLine(io.stdout, `The profile ${profile.name} has no WeChat account.`);
  for (const account of accounts) writeLine(io.stdout, plainText(describeAccount(account)));
  return exitCode.done;
}

/** Prints who writes to an account, until a signal. Answers with the exit code. */
export async function probeWechat(key: string | undefined, options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const stopping = new AbortController();
  let isInterrupted = false;
  using _ = catchSignals({
    onInterrupt() {
      isInterrupted = true;
      stopping.abort();
    },
    onTerminate: () => stopping.abort(),
  });
  const probed = key ?? onlyAccount(profile);
  writeLine(io.stderr, `Whoever writes to ${probed} is named here and not answered. Ctrl-C ends it.`);
  const { signal } = stopping;
  for await (const event of probeChannel({ profile, key: probed, environment: io.environment, signal })) {
    if (event.type !== 'message.received') continue;
    writeLine(io.stdout, options.json ? JSON.stringify(sender(event)) : plainText(`${time(event.at)}  ${event.actor.id}`));
  }
  return isInterrupted ? exitCode.interrupted : exitCode.done;
}

function sender(event: Extract<ChannelEvent, { readonly type: 'message.received' }>) {
  const { actor, scope, at } = event;
  return { actor: actor.id, scope: scope.id, kind: scope.kind, at };
}

function describeAccount({ key, login, accountId, userId, baseUrl }: AccountState): string {
  const address = baseUrl ?? 'the official address';
  switch (login) {
    case 'stored':
      return `${key}  ${accountId ?? 'stored, and no WeChat login'}  ${address}  logged in${userId === undefined ? '' : ` by ${key}:${userId}`}`;
    case 'elsewhere':
      return `${key}  ${address}  its login is kept where channels.${key}.credentials says`;
    case 'absent':
      return `${key}  ${address}  not logged in; log in: threadbridge login ${key}`;
  }
}

function onlyAccount({ name, settings }: ResolvedProfile): string {
  const keys = Object.keys(settings.channels).filter((key) => settings.channels[key]?.type === 'ilink');
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  const found = keys.length === 0 ? 'has no WeChat account' : `has several WeChat accounts: ${keys.join(', ')}`;
  throw new GatewayError('config.invalid', `The profile ${name} ${found}.`, {
    remedy: keys.length === 0 ? 'Configure one first.' : 'Name one behind `probe`.',
    certain: true,
  });
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
