import type { RunHandle, RunId, Scope } from '@threadbridge/contract';

/** The runs that this process has in hand, from the moment they are asked for. */
export interface LiveRuns {
  /** A run is about to start; whoever wants its handle waits from now on. */
  expect(run: RunId, scope: Scope): void;
  attach(run: RunId, handle: RunHandle): void;
  /** It stands in line, or does not any more. */
  stand(run: RunId, isInLine: boolean): void;
  /** Tells of each touch of the run until it is over. */
  watch(run: RunId, onTouched: () => void): void;
  /** Somebody put words into the run, or asked for its end: what was offered for that is used. */
  touch(run: RunId): void;
  /** The run is over, or will not start here. */
  release(run: RunId): void;
  /** The handle, as soon as there is one. Undefined where this process has no such run. */
  handle(run: RunId): Promise<RunHandle | undefined>;
  /** Runs that were asked for and do not stand in line, with their conversations. */
  readonly attached: readonly { readonly run: RunId; readonly scope: Scope }[];
}

interface Entry {
  readonly scope: Scope;
  readonly ready: Promise<RunHandle | undefined>;
  readonly resolve: (handle: RunHandle | undefined) => void;
  isAttached: boolean;
  isInLine: boolean;
  onTouched?: () => void;
}

export function createLiveRuns(): LiveRuns {
  const entries = new Map<RunId, Entry>();
  return {
    expect(run, scope) {
      let resolve: Entry['resolve'] = () => {};
      const ready = new Promise<RunHandle | undefined>((done) => {
        resolve = done;
      });
      entries.set(run, { scope, ready, resolve, isAttached: false, isInLine: false });
    },
    attach(run, handle) {
      const entry = entries.get(run);
      if (entry === undefined) return;
      entry.isAttached = true;
      entry.resolve(handle);
    },
    stand(run, isInLine) {
      const entry = entries.get(run);
      if (entry !== undefined) entry.isInLine = isInLine;
    },
    watch(run, onTouched) {
      const entry = entries.get(run);
      if (entry !== undefined) entry.onTouched = onTouched;
    },
    touch(run) {
      entries.get(run)?.onTouched?.();
    },
    release(run) {
      entries.get(run)?.resolve(undefined);
      entries.delete(run);
    },
    async handle(run) {
      return entries.get(run)?.ready;
    },
    get attached() {
      return Array.from(entries)
        .filter(([, entry]) => entry.isAttached && !entry.isInLine)
        .map(([run, { scope }]) => ({ run, scope }));
    },
  };
}
