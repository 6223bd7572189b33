import { resolve } from 'node:path';
import { loadConfig, resolveProfile } from '@threadbridge/gateway';
import type { ThreadsOptions } from '../commands/threads.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { shortPathIn } from '../open-chat.ts';
import { createProfileRunner } from '../profile-runner.ts';
import { oneLine } from '../terminal/step-lines.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Prints the threads of a profile's Codex home. Answers with the exit code. */
export async function listThreads(options: ThreadsOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  await using runner = await createProfileRunner(profile, io.environment);
  const { limit, cwd, search, archived } = options;
  const page = await runner.capabilities.history.list({
    limit,
    ...(cwd !== undefined && { cwd: resolve(cwd) }),
    ...(search !== undefined && { search }),
    ...(archived && { isArchived: true }),
  });
  if (options.json) {
    writeLine(io.stdout, JSON.stringify({ threads: page.threads }));
    return exitCode.done;
  }
  if (page.threads.length === 0) writeLine(io.stdout, io.texts.inspect.threadsNone);
  const shortPath = shortPathIn(undefined);
  const { terminal: words } = io.texts;
  for (const { id, title, cwd: directory, source, madeBy, updatedAt } of page.threads) {
    const when = new Date(updatedAt).toISOString().slice(0, 16).replace('T', ' ');
    writeLine(
      io.stdout,
      `${id}  ${when}  ${oneLine(title, words)}  (${oneLine(shortPath(directory), words)}, ${oneLine(madeBy ?? source, words)})`,
    );
  }
  return exitCode.done;
}
