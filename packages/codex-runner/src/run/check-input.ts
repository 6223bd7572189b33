import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { GatewayError, type RunInput } from '@threadbridge/contract';
import { isDataUrl } from '../convert/from-run-input.ts';
import { rejected } from '../errors.ts';

/** Refuses what Codex would take without a word and make something else of. Rejects with a `runner.` error, certain. */
export async function checkInput(input: RunInput): Promise<void> {
  const { workspace, writableRoots = [], denyRead = [], allowRead = [], images = [] } = input;
  const paths = [workspace, ...writableRoots, ...denyRead, ...allowRead, ...images];
  const relative = paths.find((path) => !isAbsolute(path) && !isDataUrl(path));
  if (relative !== undefined) throw rejected(`The path ${relative} is not absolute.`, 'Give absolute paths.');
  const found = await stat(input.workspace).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw rejected(`The workspace ${input.workspace} is not a directory.`, 'Make it, or choose another one.');
  }
  if (input.sandbox === 'danger-full-access' && (input.denyRead ?? []).length > 0) {
    throw new GatewayError('runner.unsupported', 'Without a sandbox nothing can be hidden from commands.', {
      certain: true,
      remedy: 'Run with `read-only` or `workspace-write`, or without `denyRead`.',
    });
  }
}
