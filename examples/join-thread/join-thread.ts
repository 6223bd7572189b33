import type { CodexRunner } from '@threadbridge/codex-runner';
import type { RunHandle, RunInput, ThreadId } from '@threadbridge/contract';

/** What was found, and what was heard. */
export interface Joined {
  /** How the thread can be used, as a person would be told. */
  readonly words: string;
  /** The end of the turn that went on there. */
  readonly theirs: string;
  /** The answer to our own turn. */
  readonly ours: string;
}

/** Follows the turn that goes on in a thread of another program, then asks something in that thread. `onFollow`: we hear the turn. */
export async function joinThread(
  runner: CodexRunner,
  input: RunInput & { readonly thread: ThreadId },
  onFollow: () => void,
): Promise<Joined> {
  const { broker } = runner.capabilities;
  const ceiling = { sandbox: input.sandbox, workspace: input.workspace };
  const access = await broker.find(input.thread, ceiling);
  if (access.way !== 'join' || access.turn === undefined) throw new Error(access.words);
  const theirs = await textOf(broker.watch(input.thread, access.turn, ceiling), onFollow);
  const ours = await textOf(broker.join(input));
  return { words: access.words, theirs, ours };
}

async function textOf(run: RunHandle, onStart: () => void = () => {}): Promise<string> {
  for await (const event of run.events) {
    if (event.type === 'turn.started') onStart();
    if (event.type === 'turn.completed') return event.text;
    if (event.type === 'turn.failed') throw new Error(event.error.message);
  }
  throw new Error('The turn was stopped.');
}
