import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

export interface RunOptions {
  readonly cwd: string;
  /** The Node that the command and what it starts run under. Default: the one of this process. */
  readonly node?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default five minutes. */
  readonly timeoutMs?: number;
}

/** What the command printed, both streams in order. Rejects with that text where the command fails or takes too long. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, node = process.execPath, environment = {}, timeoutMs = 300_000 } = options;
  const path = [dirname(node), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH: path, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.timeout(timeoutMs),
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return await new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(new Error(`${command} ${args.join(' ')}: ${cause.message}\n${said}`, { cause })));
    child.on('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${code}:\n${said}`));
    });
  });
}
