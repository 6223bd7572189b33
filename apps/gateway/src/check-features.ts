import type { ChannelFactory } from './channels/channel-factory.ts';
import type { ResolvedProfile } from './config/load.ts';
import { invalidConfig, type Mistake } from './config/mistake.ts';
import { originText } from './config/origin.ts';
import type { ServiceName } from './config/schema-service.ts';
import type { Service } from './services/registry.ts';

/** What this version can run. */
export interface Abilities {
  readonly channelFactories: readonly ChannelFactory[];
  readonly services: readonly Service[];
}

type Path = readonly [string, ...string[]];

/**
 * Refuses with `config.invalid` what the configuration asks for and this version cannot do; a default that would merely switch it
 * on is left out in silence.
 */
export function checkFeatures(profile: ResolvedProfile, abilities: Abilities): void {
  const gaps = [...channelGaps(profile, abilities), ...serviceGaps(profile, abilities)];
  const mistakes: readonly Mistake[] = gaps.map(([path, text]) => ({
    source: originText(profile.origin(path)),
    path: ['profiles', profile.name, ...path],
    text,
  }));
  if (mistakes.length > 0) throw invalidConfig(mistakes, 'the configuration');
}

type Gap = readonly [path: Path, text: string];

function channelGaps({ settings }: ResolvedProfile, { channelFactories }: Abilities): readonly Gap[] {
  const known = new Set(channelFactories.map(({ type }) => type));
  return Object.entries(settings.channels)
    .filter(([, channel]) => !known.has(channel.type))
    .map(([key, channel]) => [
      ['channels', key, 'type'],
      `this version has no channel type "${channel.type}" yet; remove the channel ${key}`,
    ]);
}

const serviceWords: Readonly<Record<Exclude<ServiceName, 'console' | 'health'>, string>> = {
  nativeApi: 'no native API',
  taskApi: 'no task API',
};

function serviceGaps({ settings, origin }: ResolvedProfile, { services }: Abilities): readonly Gap[] {
  const known = new Set(services.map(({ name }) => name));
  return (['nativeApi', 'taskApi'] as const)
    .filter((name) => settings[name].enabled && origin([name]).type !== 'default' && !known.has(name))
    .map((name) => [[name], `this version has ${serviceWords[name]} yet; remove ${name}, or set ${name}.enabled to false`]);
}
