import { type ChannelFinding, type LiveState, loginRemedy } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** What the platforms say of the accounts, each under the name of its channel, and what a running gateway knows of them. Pure. */
export function examineChannels(
  findings: readonly ChannelFinding[],
  { profile, live }: { readonly profile: string; readonly live: Pick<LiveState, 'channels'> | undefined },
  texts: Texts,
): readonly Finding[] {
  const { errors, firstRun } = texts;
  const found = findings.map(({ key, state, text, remedy, error, isLoggedOut }): Finding => {
    const helps = remedy === undefined ? {} : { remedy: errors.remedy(remedy) };
    if (isLoggedOut) return { name: 'login', state, text: firstRun.accountMissing(key), ...helps };
    const isLogin = error?.code === 'channel.unauthorized' || error?.code === 'config.secret_missing';
    const said = errors.explain({ message: text, ...(error && { code: error.code }) });
    return { name: isLogin ? 'login' : 'channel', state, text: `${key}: ${said}`, ...helps };
  });
  const failed = new Set(findings.flatMap(({ key, state }) => (state === 'fail' ? [key] : [])));
  const ended = Object.entries(live?.channels ?? {}).filter(([key, state]) => state === 'needs-login' && !failed.has(key));
  const told = ended.map(([key]): Finding => {
    const remedy = errors.remedy(loginRemedy(key, profile));
    return { name: 'login', state: 'fail', text: firstRun.accountMissing(key), remedy };
  });
  return [...found, ...told];
}
