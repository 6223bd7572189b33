import { loadConfig, resolveProfile, rotateTokenKeys } from '@threadbridge/gateway';
import type { SecretOptions } from '../commands/secret.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Puts a new key of buttons and approval codes in use. Answers with the exit code; prints no key. */
export async function rotateTokens(options: SecretOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const { formerTokenKeys } = await rotateTokenKeys(profile.paths, { revokes: options.revoke === true });
  const kept = formerTokenKeys.length;
  if (options.json) writeLine(io.stdout, JSON.stringify({ profile: profile.name, rotated: 'tokens', formerKeys: kept }));
  else writeLine(io.stdout, io.texts.secret.rotated({ profile: profile.name, keepsFormer: kept > 0 }));
  return exitCode.done;
}
