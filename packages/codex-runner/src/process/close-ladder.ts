import type { ChildProcess } from 'node:child_process';
import type { Clock } from '@threadbridge/contract';

/**
 * Ends a Codex process: end of stdin, then TERM, then KILL, each given `stepMs`. The first two let it end its commands and write their
 * records; KILL comes last because it does neither. Resolves when the process is gone.
 */
export async function closeChild(
  child: ChildProcess,
  options: { readonly clock: Clock; readonly stepMs: number },
): Promise<void> {
  const gone = new AbortController();
  child.once('exit', () => gone.abort());
  const isGone = () => gone.signal.aborted || child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const steps = [() => child.stdin?.end(), () => child.kill('SIGTERM'), () => killGroup(child)];
  for (const step of steps) {
    if (isGone()) return;
    step();
    if (!isGone()) await options.clock.sleep(options.stepMs, gone.signal);
  }
}

/** On POSIX the child leads a group of its own, which holds what it started. */
function killGroup(child: ChildProcess): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // No such group any more.
  }
  child.kill('SIGKILL');
}
