import type { ReadStream } from 'node:tty';

/** What a person can do while something is waited for. */
export interface WaitingKeys {
  /** Ctrl-C. */
  readonly onLeave: () => void;
  /** Esc. */
  readonly onEscape: () => void;
}

/** Takes the keys of a terminal, showing none of them, until disposed. */
export function listenForKeys(input: ReadStream, { onLeave, onEscape }: WaitingKeys): Disposable {
  const onData = (data: Buffer | string) => {
    const typed = data.toString();
    if (typed.includes('\u0003')) onLeave();
    // Arrow keys begin with the same character and go on.
    else if (typed === '\u001b') onEscape();
  };
  input.setRawMode(true);
  input.on('data', onData);
  input.resume();
  return {
    [Symbol.dispose]() {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
    },
  };
}
