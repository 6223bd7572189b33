import { spawn } from 'node:child_process';
import type { Environment } from './home.ts';

export interface RunForOutputOptions {
  readonly environment: Environment;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** What password programs need to find their data, their agent and their screen. */
const passedOn =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TMPDIR|TEMP|TMP|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|SSH_AUTH_SOCK|GPG_TTY|GNUPGHOME|PASSWORD_STORE_DIR|DISPLAY|WAYLAND_DISPLAY|SystemRoot|SystemDrive|APPDATA|LOCALAPPDATA|USERPROFILE|PATHEXT|ComSpec)$/i;

/** Runs a program without a shell and answers with what it printed, or with why not. What it says on stderr is not kept. */
export function runForOutput(
  command: readonly string[],
  options: RunForOutputOptions,
): Promise<{ readonly text: string } | { readonly failed: string }> {
  const [program = '', ...args] = command;
  const env = Object.fromEntries(Object.entries(options.environment).filter(([name]) => passedOn.test(name)));
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'], shell: false, windowsHide: true });
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    let killedFor: string | undefined;
    const kill = (reason: string) => {
      killedFor ??= reason;
      child.kill('SIGKILL');
      // A grandchild may hold the pipe open.
      child.stdout.destroy();
    };
    const timer = setTimeout(() => kill(`printed nothing useful for ${options.timeoutMs} ms`), options.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > options.maxBytes) kill(`printed more than ${options.maxBytes} bytes`);
      else chunks.push(chunk);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ failed: `could not be started (${'code' in error ? String(error.code) : error.name})` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (killedFor !== undefined) resolve({ failed: killedFor });
      else if (code !== 0) resolve({ failed: code === null ? `was ended by ${signal}` : `exited with ${code}` });
      else resolve({ text: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
