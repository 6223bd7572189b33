import { type ApprovalId, asId, type RunId, type ThreadId } from '@threadbridge/contract';
import type { DurableRunEvent, Input, InputOf, RunLoss } from '../../../decide/input.ts';
import type { MadeFile } from '../../../decide/made-file.ts';
import { waits } from '../material.ts';
import { firstRun, workspace } from '../profile.ts';
import { head } from './head.ts';

/** Something happened in a run. */
export function progressed(event: DurableRunEvent, run: RunId = firstRun, made?: readonly MadeFile[]): Input {
  return { ...head(), type: 'run.progressed', run, event, ...(made && { made }) };
}

/** Another program has the thread of the run. */
export function runHeld(offers: InputOf<'run.held'>['offers'] = ['queue', 'fork']): Input {
  const ceiling = { sandbox: 'workspace-write', workspace } as const;
  return { ...head(), type: 'run.held', run: firstRun, thread: asId<ThreadId>('t1'), ceiling, offers };
}

/** The run goes on in the Codex that has the thread. */
export function runJoined(): Input {
  return { ...head(), type: 'run.joined', run: firstRun };
}

/** What a run did since it was last told. */
export function worked(steps: InputOf<'run.worked'>['steps'], omitted = 0): Input {
  return { ...head(), type: 'run.worked', run: firstRun, steps, omitted };
}

/** Words were put into a run, or not. */
export function steered(text: string, outcome: InputOf<'run.steered'>['outcome']): Input {
  return { ...head(), type: 'run.steered', run: firstRun, prompt: waits(text), outcome };
}

/** The live view of a run is there. */
export function liveOpened(ref: string, run: RunId = firstRun): Input {
  return { ...head(), type: 'live.opened', run, ref };
}

/** The live view could not hold the answer. */
export function liveRefused(text: string): Input {
  return { ...head(), type: 'live.refused', text };
}

/** An answer did not reach the agent. */
export function undelivered(reason: string): Input {
  return { ...head(), type: 'approval.undelivered', run: firstRun, approval: asId<ApprovalId>('a1'), reason };
}

/** A limit of a run was reached. */
export function overdue(reason: 'idle' | 'wall' | 'shutdown'): Input {
  return { ...head(), type: 'run.overdue', run: firstRun, reason };
}

/** A run ended without an end of its own. */
export function lost(loss: Partial<RunLoss> = {}): Input {
  return {
    ...head(),
    type: 'run.lost',
    run: firstRun,
    loss: { code: 'runner.lost', message: 'It died.', certain: false, ...loss },
  };
}
