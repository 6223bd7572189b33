import type { RunEvent, RunHandle } from '@threadbridge/contract';

/** Writes words as they come, and a line for each command; resolves with the event that ended the turn. */
export async function stream(run: RunHandle, write: (text: string) => void): Promise<RunEvent | undefined> {
  let last: RunEvent | undefined;
  for await (const event of run.events) {
    last = event;
    switch (event.type) {
      case 'text.delta':
        write(event.delta);
        break;
      case 'item.dropped':
        write('\n(the model begins again)\n');
        break;
      case 'item.completed':
        if (event.item.type === 'agent.message') write('\n');
        if (event.item.type === 'command') write(`$ ${event.item.command}\n${event.item.output ?? ''}`);
        break;
      case 'plan.updated':
        for (const { step, status } of event.steps) write(`${status === 'completed' ? '[x]' : '[ ]'} ${step}\n`);
        break;
      case 'turn.retrying':
        write(`(${event.message})\n`);
        break;
    }
  }
  return last;
}
