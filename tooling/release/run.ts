import { delimiter, dirname } from 'node:path';
import { startGroup } from './process-group.ts';

export interface RunOptions {
  readonly cwd: string;
  /** The Node that the command and what it starts run under. Default: the one of this process. */
  readonly node?: string;
  /** Default five minutes; then the command ends with all that it started. */
  readonly timeoutMs?: number;
}

/** What the command printed, both streams in order. Rejects with that text where the command fails or takes too long. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, node = process.execPath, timeoutMs = 300_000 } = options;
  const path = [dirname(node), process.env.PATH ?? ''].join(delimiter);
  const environment = { ...process.env, PATH: path };
  const signal = AbortSignal.timeout(timeoutMs);
  await using group = startGroup(command, args, { cwd, environment, signal });
  const code = await group.ended;
  if (code === 0) return group.said;
  const why = signal.aborted ? `took more than ${timeoutMs / 1000} s` : `ended with ${code}`;
  throw new Error(`${group.command} in ${cwd} ${why}:\n${group.said}`);
}
