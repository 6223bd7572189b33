import { asId, type Runner } from '@threadbridge/contract';

/** One question, one answer; Codex may look at the folder and not change it. */
export async function ask(runner: Runner, folder: string, question: string): Promise<string> {
  const run = runner.start(
    { prompt: question, workspace: asId(folder), sandbox: 'read-only', approvals: 'never' },
    { signal: AbortSignal.timeout(10 * 60_000) },
  );
  for await (const event of run.events) {
    if (event.type === 'turn.completed') return event.text;
    if (event.type === 'turn.failed') throw new Error(event.error.message);
  }
  throw new Error('It took too long.');
}
