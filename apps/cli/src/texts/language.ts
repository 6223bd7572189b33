import { existsSync } from 'node:fs';
import type { Environment } from '@threadbridge/gateway';
import { configPath } from '../config/config-path.ts';
import type { Language } from './texts.ts';

/**
 * The language of this call: `--lang`, what the locale says, the profile's, English. The profile is read only where the locale says
 * nothing that we speak, because reading it takes longer than most commands.
 */
export async function chooseLanguage(argv: readonly string[], environment: Environment): Promise<Language> {
  const said = toLanguage(flagIn(argv, '--lang')) ?? localeLanguage(environment);
  return said ?? (await profileLanguage(argv, environment)) ?? 'en';
}

/** What `LC_ALL`, `LC_MESSAGES` or `LANG` ask for, the first that is set. Undefined: nothing that we speak. Pure. */
export function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: Environment): Language | undefined {
  return toLanguage(LC_ALL || LC_MESSAGES || LANG);
}

function toLanguage(locale: string | undefined): Language | undefined {
  const [name] = (locale ?? '').toLowerCase().split(/[_.@-]/);
  return name === 'zh' || name === 'en' ? name : undefined;
}

/** A configuration that is wrong is told by whoever needs it. */
async function profileLanguage(argv: readonly string[], environment: Environment): Promise<Language | undefined> {
  const config = flagIn(argv, '--config');
  const profile = flagIn(argv, '--profile');
  const flags = { ...(config !== undefined && { config }), ...(profile !== undefined && { profile }) };
  if (!existsSync(configPath(environment, config).file)) return undefined;
  const { loadConfig, resolveProfile } = await import('@threadbridge/gateway');
  return loadConfig({ environment, flags }).then(
    (loaded) => resolveProfile(loaded).settings.language,
    () => undefined,
  );
}

/** The value of an option, before the command line is understood. */
function flagIn(argv: readonly string[], name: string): string | undefined {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const at = words.findLastIndex((word) => word === name || word.startsWith(`${name}=`));
  return words[at] === name ? words[at + 1] : words[at]?.slice(name.length + 1);
}
