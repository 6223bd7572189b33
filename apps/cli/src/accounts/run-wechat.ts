import { type ChannelEvent, GatewayError } from '@threadbridge/contract';
import {
  loadConfig,
  loginCommand,
  probeChannel,
  type ResolvedProfile,
  resolveProfile,
  showAccounts,
} from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { plainText } from '../terminal/plain-text.ts';
import type { Texts } from '../texts/texts.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Prints the WeChat accounts of the profile. Answers with the exit code. */
export async function showWechat(options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const accounts = await showAccounts({ profile, type: 'ilink' });
  if (options.json) {
    writeLine(io.stdout, JSON.stringify({ accounts }));
    return exitCode.done;
  }
  if (accounts.length === 0) writeLine(io.stdout, io.texts.accounts.wechatNone(profile.name));
  for (const account of accounts) {
    const command = loginCommand(account.key, profile.name);
    writeLine(io.stdout, plainText(io.texts.accounts.account({ ...account, command })));
  }
  return exitCode.done;
}

/** Prints who writes to an account, until a signal. Answers with the exit code. */
export async function probeWechat(key: string | undefined, options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  using stopping = stopOnSignals();
  const probed = key ?? onlyAccount(profile, io.texts);
  writeLine(io.stderr, io.texts.accounts.probing(probed));
  const { signal } = stopping;
  for await (const event of probeChannel({ profile, key: probed, environment: io.environment, signal })) {
    if (event.type !== 'message.received') continue;
    writeLine(io.stdout, options.json ? JSON.stringify(sender(event)) : plainText(`${time(event.at)}  ${event.actor.id}`));
  }
  return stopping.isInterrupted ? exitCode.interrupted : exitCode.done;
}

function sender(event: Extract<ChannelEvent, { readonly type: 'message.received' }>) {
  const { actor, scope, at } = event;
  return { actor: actor.id, scope: scope.id, kind: scope.kind, at };
}

function onlyAccount({ name, settings }: ResolvedProfile, { accounts }: Texts): string {
  const keys = Object.keys(settings.channels).filter((key) => settings.channels[key]?.type === 'ilink');
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  const isNone = keys.length === 0;
  const found = isNone ? accounts.wechatNone(name) : accounts.wechatSeveral({ profile: name, keys: keys.join(', ') });
  throw new GatewayError('config.invalid', found, {
    remedy: isNone ? accounts.wechatConfigure : accounts.wechatName,
    certain: true,
  });
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
