import { isatty } from 'node:tty';
import { exitCode } from './exit-code.ts';

export interface SignalHandlers {
  /** Ctrl-C, where it arrives as a signal. */
  readonly onInterrupt: () => void;
  /** Somebody wants the process to end in good order. */
  readonly onTerminate: () => void;
  /** Somebody wants the process to go and another one to take over (SIGUSR2). Absent: as `onTerminate`. */
  readonly onReplace?: () => void;
  /** Somebody wants the configuration to be read again (SIGHUP). Absent, or where the terminal was closed: as `onTerminate`. */
  readonly onReload?: () => void;
}

/** Where a process at a terminal writes, whatever its other streams are. */
const complaints = 2;

/**
 * Takes the signals that end a process, until disposed. Each handler decides itself; who sends the same signal a third time
 * does not want to wait, and the process ends at once.
 */
export function catchSignals({ onInterrupt, onTerminate, onReplace = onTerminate, onReload }: SignalHandlers): Disposable {
  const isAtTerminal = isatty(complaints);
  const counts = new Map<NodeJS.Signals, number>();
  const listeners = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const).map((name) => {
    const listener = () => {
      const isClosed = isAtTerminal && !isatty(complaints);
      if (name === 'SIGHUP' && onReload !== undefined && !isClosed) return onReload();
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count > 2) process.exit(exitCode.interrupted);
      if (name === 'SIGINT') onInterrupt();
      else if (name === 'SIGUSR2') onReplace();
      else onTerminate();
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  return {
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
