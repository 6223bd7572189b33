import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

/**
 * The SDK keeps the process it starts to itself, and leaves its stdin without a listener: a Codex that ends before it has read a long
 * prompt would end this process too (EPIPE). Node tells of every new child on a channel, within the call that makes it, so that the
 * child is known as that of the run in whose name the SDK was called.
 */
const owner = new AsyncLocalStorage<(child: ChildProcess) => void>();
let isListening = false;

/** Calls `start`, and `onChild` with each process that is started in the course of it, once it has its pipes. */
export function withOwnChild<T>(onChild: (child: ChildProcess) => void, start: () => T): T {
  listen();
  return owner.run(onChild, start);
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  // https://nodejs.org/api/diagnostics_channel.html#event-child_process
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    const tell = owner.getStore();
    if (tell === undefined) return;
    // Before the first failure of a pipe can be told.
    process.nextTick(() => {
      child.stdin?.on('error', () => {});
      tell(child);
    });
  });
}
