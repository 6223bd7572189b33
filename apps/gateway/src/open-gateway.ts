import type { GatewayView } from '@threadbridge/contract';
import type { ReadyEvent } from './lifecycle.ts';
import type { Reloaded } from './reload.ts';
import { toEventError } from './to-event-error.ts';
import { runProfile } from './wire.ts';
import type { Opened, Reins, WireOptions } from './wire-options.ts';

export interface OpenGatewayOptions extends WireOptions {
  /** Stops the gateway as `stop()` does. */
  readonly signal?: AbortSignal;
}

/** A gateway that is up. */
export interface RunningGateway {
  readonly ready: ReadyEvent;
  /** What it shows of itself, until it is stopped. */
  readonly view: GatewayView;
  /** Resolves when everything is closed after a stop; rejects where going on was not safe. */
  readonly stopped: Promise<void>;
  /** Reads the configuration anew by `reload` of the options. Runs go on. Rejects with `config.*`; then everything is as it was. */
  reload(): Promise<Reloaded>;
  /**
   * Takes no more work, lets runs end within the bound, closes everything. The same promise as `stopped`. `leave`: turns go on where Codex
   * runs behind a socket, and the next start finds its way back to them.
   */
  stop(options?: { readonly runs: 'leave' }): Promise<void>;
}

/**
 * Opens one profile: everything is checked and opened, and each channel has said how it stands, when this resolves. Rejects, with everything
 * closed again, with `config.*`, `store.held` (the profile runs already), `runner.*`, or the signal's reason.
 */
export async function openGateway(options: OpenGatewayOptions): Promise<RunningGateway> {
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, ...(options.signal ? [options.signal] : [])]);
  signal.throwIfAborted();
  const opened = Promise.withResolvers<Opened>();
  let leavesRuns = false;
  const end = (runs: 'end' | 'leave') => {
    leavesRuns ||= runs === 'leave' && !signal.aborted;
    stopping.abort();
  };
  const reins: Reins = { end, leavesRuns: () => leavesRuns };
  const stopped = live(options, reins, signal, opened.resolve);
  stopped.then(() => opened.reject(signal.reason), opened.reject);
  return {
    ...(await opened.promise),
    stopped,
    stop(how) {
      end(how?.runs ?? 'end');
      return stopped;
    },
  };
}

async function live(options: WireOptions, reins: Reins, signal: AbortSignal, onReady: (opened: Opened) => void): Promise<void> {
  const profile = options.profile.name;
  const emit = options.onEvent ?? (() => {});
  const announceStop = () => emit({ event: 'stopping', profile });
  emit({ event: 'starting', profile, pid: process.pid });
  signal.addEventListener('abort', announceStop, { once: true });
  try {
    await runProfile(options, reins, signal, (opened) => {
      emit(opened.ready);
      onReady(opened);
    });
    emit({ event: 'stopped', profile });
  } catch (thrown) {
    const error = firstError(thrown);
    emit({ event: 'stopped', profile, error: toEventError(error) });
    throw error;
  } finally {
    signal.removeEventListener('abort', announceStop);
  }
}

/** The first of several failures: what went wrong, not what closing met after that. */
function firstError(error: unknown): unknown {
  const hidesAnother = error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error;
  return hidesAnother ? firstError(error.suppressed) : error;
}
