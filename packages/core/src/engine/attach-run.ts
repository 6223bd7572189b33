import type { ApprovalId, RunEvent, RunHandle } from '@threadbridge/contract';
import type { Engine } from './engine.ts';
import type { GoingTurn } from './recover.ts';

/** How long an answer or a wish waits to see what it is about; the agent tells what is open within milliseconds. */
const patienceMs = 5_000;

/**
 * The live side of a turn that outlived the process which began it. What people wish before the turn was heard of again, and answers to
 * questions that the agent has yet to repeat, wait until they can be taken.
 */
export function attachRun({ thread, turn }: GoingTurn, { runner, clock }: Engine): RunHandle {
  const { attach } = runner.capabilities;
  if (attach === undefined) throw new TypeError('A turn goes on in an agent that cannot be attached to.');
  const handle = attach(thread, turn);
  const asked = new Set<ApprovalId>();
  const waiting = new Set<() => void>();
  let isBegun = false;
  let isOver = false;

  const note = (event: RunEvent) => {
    if (event.type !== 'thread.started') isBegun = true;
    if (event.type === 'approval.requested') asked.add(event.approval.id);
    for (const look of waiting) look();
  };

  async function* events(): AsyncGenerator<RunEvent> {
    try {
      for await (const event of handle.events) {
        note(event);
        yield event;
      }
    } finally {
      isOver = true;
      for (const look of waiting) look();
    }
  }

  async function until(isThere: () => boolean): Promise<void> {
    if (isThere() || isOver) return;
    const seen = new AbortController();
    const look = () => {
      if (isThere() || isOver) seen.abort();
    };
    waiting.add(look);
    await clock.sleep(patienceMs, seen.signal);
    waiting.delete(look);
  }

  return {
    events: events(),
    async steer(text) {
      await until(() => isBegun);
      await handle.steer(text);
    },
    async interrupt() {
      await until(() => isBegun);
      await handle.interrupt();
    },
    async answer(approval, answer) {
      await until(() => asked.has(approval));
      await handle.answer(approval, answer);
    },
  };
}
