import { loadConfig, resolveProfile, showClaim } from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { claimText } from './claim-text.ts';

/** Prints the code that is good now, also beside a running gateway. Answers with the exit code. */
export async function runClaim(options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const claim = await showClaim({ profile });
  if (options.json) writeLine(io.stdout, JSON.stringify({ profile: profile.name, isOwned: claim === undefined, ...claim }));
  else if (claim !== undefined) writeLine(io.stdout, claimText(profile.name, claim, io.texts));
  else writeLine(io.stderr, io.texts.accounts.claimed(profile.name));
  return claim === undefined ? exitCode.refused : exitCode.done;
}
