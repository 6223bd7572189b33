import type { OutboundAction, RunView } from '@threadbridge/contract';
import type { Happening, TerminalChannel } from '../terminal/terminal-channel.ts';

/** What came of one message. */
export interface Exchange {
  /** The end of the run, where there was one. */
  readonly view?: RunView;
  /** Everything the gateway said by itself, in order. */
  readonly said: readonly string[];
}

/** A question of Codex, as a person sees it. */
export interface Question {
  readonly markdown: string;
  readonly actions: readonly OutboundAction[];
  /** What `/approve` wants. */
  readonly code: string | undefined;
}

export interface ConverseOptions {
  readonly signal: AbortSignal;
  /** Called for each question; whoever does not answer it waits until it expires. */
  readonly onQuestion?: (question: Question) => void;
}

/** Says one message and waits for what comes of it: the end of its run, or words. Rejects with the signal's reason. */
export async function converse(
  channel: TerminalChannel,
  text: string,
  { signal, onQuestion }: ConverseOptions,
): Promise<Exchange> {
  const said: string[] = [];
  let isRunning = false;
  let stop = () => {};
  try {
    return await new Promise<Exchange>((resolve, reject) => {
      const abort = () => reject(signal.reason);
      if (signal.aborted) return abort();
      const listen = (happening: Happening) => {
        switch (happening.type) {
          case 'watched':
            isRunning = true;
            return;
          case 'ended':
            return resolve({ view: happening.view, said });
          case 'said':
            said.push(happening.markdown);
            if (happening.actions.length > 0) onQuestion?.(toQuestion(happening));
            else if (!isRunning) resolve({ said });
        }
      };
      const unwatch = channel.watch(listen);
      signal.addEventListener('abort', abort);
      stop = () => {
        unwatch();
        signal.removeEventListener('abort', abort);
      };
      channel.say(text).catch(reject);
    });
  } finally {
    stop();
  }
}

function toQuestion({ markdown, actions }: Extract<Happening, { type: 'said' }>): Question {
  return { markdown, actions, code: /\/approve ([A-Za-z0-9]+)/.exec(markdown)?.[1] };
}
