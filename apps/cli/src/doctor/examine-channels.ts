import type { ChannelFinding } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** What the platforms say of the accounts, each under the name of its channel. Pure. */
export function examineChannels(findings: readonly ChannelFinding[], { errors }: Texts): readonly Finding[] {
  return findings.map(({ key, state, text, remedy, error }): Finding => {
    const isLogin = error?.code === 'channel.unauthorized' || error?.code === 'config.secret_missing';
    const said = errors.explain({ message: text, ...(error && { code: error.code }) });
    const helps = remedy === undefined ? {} : { remedy: errors.remedy(remedy) };
    return { name: isLogin ? 'login' : 'channel', state, text: `${key}: ${said}`, ...helps };
  });
}
