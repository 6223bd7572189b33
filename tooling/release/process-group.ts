import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface GroupOptions {
  readonly cwd: string;
  /** All that the command gets to know; nothing of this process comes in addition. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends the group. */
  readonly signal: AbortSignal;
}

/** A command with all that it starts, which ends together. */
export interface ProcessGroup extends AsyncDisposable {
  readonly command: string;
  /** What it printed so far. */
  readonly stdout: string;
  /** The same with its complaints, in order. */
  readonly said: string;
  /** The exit code, once all who hold its output are gone; null where a signal ended it. Never rejects. */
  readonly ended: Promise<number | null>;
  /** To the command alone, as a person or a service manager does it. */
  tell(signal: 'SIGTERM' | 'SIGINT'): void;
  /** Resolves at the first match in its output; rejects where it ends before. */
  shows(pattern: RegExp): Promise<RegExpMatchArray>;
}

const graceMs = 5_000;

/** Starts a command in a process group of its own. */
export function startGroup(command: string, args: readonly string[], { cwd, environment, signal }: GroupOptions): ProcessGroup {
  const isWindows = process.platform === 'win32';
  const child = spawn(command, args, {
    ...{ cwd, env: environment, shell: isWindows, detached: !isWindows },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const kill = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      if (isWindows) child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // Nobody of the group is left.
    }
  };
  const killAll = () => kill('SIGKILL');
  process.once('exit', killAll);
  let isEnded = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said += String(error);
      resolve(null);
    });
    child.once('close', resolve);
  }).finally(() => {
    isEnded = true;
    process.off('exit', killAll);
    signal.removeEventListener('abort', killAll);
  });
  if (signal.aborted) killAll();
  else signal.addEventListener('abort', killAll);
  return {
    command: [command, ...args].join(' '),
    ended,
    get stdout() {
      return stdout;
    },
    get said() {
      return said;
    },
    tell: (name) => void child.kill(name),
    async shows(pattern) {
      for (;;) {
        const found = stdout.match(pattern);
        if (found !== null) return found;
        if (isEnded) throw new Error(`${command} ${args.join(' ')} ended without showing ${pattern}:\n${said}`);
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
    },
    async [Symbol.asyncDispose]() {
      kill('SIGTERM');
      const impatience = setTimeout(killAll, graceMs);
      await ended;
      clearTimeout(impatience);
      // The command may be gone while something that it started, with its output elsewhere, is not.
      killAll();
    },
  };
}
