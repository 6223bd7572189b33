import type { CodexRunner } from '@threadbridge/codex-runner';
import type { RunInput, ThreadId } from '@threadbridge/contract';

/** Asks each question on a fork of its own; the thread itself stays as it is. */
export async function tryEach(
  runner: CodexRunner,
  thread: ThreadId,
  questions: readonly string[],
  settings: Omit<RunInput, 'prompt' | 'thread'>,
): Promise<readonly { readonly thread: ThreadId; readonly text: string }[]> {
  return Promise.all(
    questions.map(async (prompt) => {
      const fork = await runner.capabilities.threads.fork(thread);
      for await (const event of runner.start({ ...settings, prompt, thread: fork.id }).events) {
        if (event.type === 'turn.completed') return { thread: fork.id, text: event.text };
        if (event.type === 'turn.failed') throw new Error(event.error.message);
      }
      throw new Error('The turn was stopped.');
    }),
  );
}
