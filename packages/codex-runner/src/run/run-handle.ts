import { GatewayError, type RunEvent, type RunHandle } from '@threadbridge/contract';
import { rejected } from '../errors.ts';
import type { LiveTurn } from './live-turn.ts';
import { createStoppableRun, type StopControl } from './stoppable-run.ts';

/** What a run sees of those who hold its handle: steering, answers and interrupts go to the turn in use. */
export type RunControl = StopControl<LiveTurn>;

/** A handle on events that are not made before they are read. */
export function createRunHandle(play: (control: RunControl) => AsyncGenerator<RunEvent>, signal?: AbortSignal): RunHandle {
  const run = createStoppableRun(play, signal);
  return {
    events: run.events,
    interrupt: run.interrupt,
    async steer(text) {
      if (run.turn === undefined) throw rejected('No turn is running yet.', 'Wait for `turn.started`.');
      await run.turn.steer(text);
    },
    async answer(approval, answer) {
      if (run.turn === undefined)
        throw new GatewayError('runner.approval_closed', 'This run has asked nothing yet.', { certain: true });
      await run.turn.answer(approval, answer);
    },
  };
}
