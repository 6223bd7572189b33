import type { ChannelFinding } from '@threadbridge/gateway';
import type { Finding } from './finding.ts';

/** What the platforms say of the accounts, each under the name of its channel. Pure. */
export function examineChannels(findings: readonly ChannelFinding[]): readonly Finding[] {
  return findings.map(({ key, state, text, remedy, error }): Finding => {
    const isLogin = error?.code === 'channel.unauthorized' || error?.code === 'config.secret_missing';
    return { name: isLogin ? 'login' : 'channel', state, text: `${key}: ${text}`, ...(remedy !== undefined && { remedy }) };
  });
}
