import type { Input } from '../decide/input.ts';
import type { OpenEffect, Outcome } from '../ports/store.ts';
import { actionRespond } from './effects/action-respond.ts';
import { agentAsk } from './effects/agent-ask.ts';
import { approvalAnswer } from './effects/approval-answer.ts';
import { artifactKeep } from './effects/artifact-keep.ts';
import { artifactTake } from './effects/artifact-take.ts';
import { attachmentsFetch } from './effects/attachments-fetch.ts';
import { deliver } from './effects/deliver.ts';
import { hostAsk } from './effects/host-ask.ts';
import { liveClose } from './effects/live-close.ts';
import { runInterrupt } from './effects/run-interrupt.ts';
import { runStart } from './effects/run-start.ts';
import { runSteer } from './effects/run-steer.ts';
import { threadsFind } from './effects/threads-find.ts';
import { timer } from './effects/timer.ts';
import { workspaceResolve } from './effects/workspace-resolve.ts';
import type { Engine } from './engine.ts';
import type { Lanes } from './lanes.ts';

/** What performing came to. Undefined: nothing was begun; it stays open for the next start. */
export type Settlement = { readonly outcome: Outcome; readonly results?: readonly Input[] } | undefined;

/** Puts effects on their way, each in its lane. */
export function dispatch(rows: readonly OpenEffect[], engine: Engine, lanes: Lanes): void {
  for (const row of rows) {
    if (row.effect.type === 'run.start') engine.runs.expect(row.effect.run, row.scope);
    lanes.run(laneOf(row), () => settleOne(row, engine));
  }
}

/** What is said in a conversation keeps its order; so does what is asked of the agent; reminders and runs take their own time. */
function laneOf(row: OpenEffect): string {
  switch (row.effect.type) {
    case 'deliver':
    case 'action.respond':
    case 'live.close':
      return `say ${row.scope.id}`;
    case 'timer':
    case 'run.start':
    case 'attachments.fetch':
      return row.key;
    case 'run.steer':
    case 'run.interrupt':
    case 'approval.answer':
    case 'workspace.resolve':
    case 'artifact.take':
    case 'artifact.keep':
    case 'agent.ask':
    case 'host.ask':
    case 'threads.find':
      return `do ${row.scope.id}`;
  }
}

/** How long a pause was that an earlier process began is not known: no more than that is waited. */
const longestPauseMs = 60_000;

async function settleOne(first: OpenEffect, engine: Engine): Promise<void> {
  let row = first;
  // A clock that was put back must not make the pause longer, also while no process ran.
  let longestMs = longestPauseMs;
  for (;;) {
    if (row.notBefore !== undefined) {
      await engine.clock.sleep(Math.min(longestMs, row.notBefore - engine.clock.now()), engine.closing);
      if (engine.closing.aborted) return;
    }
    const settlement = await performOne(row, engine);
    if (settlement === undefined) return;
    const { outcome, results = [] } = settlement;
    await engine.settle(row.key, outcome, results);
    if (outcome.type !== 'retry') return;
    longestMs = outcome.at - engine.clock.now();
    row = { ...row, isStarted: false, attempts: row.attempts + 1, notBefore: outcome.at };
  }
}

function performOne(row: OpenEffect, engine: Engine): Promise<Settlement> {
  const { effect } = row;
  switch (effect.type) {
    case 'deliver':
      return deliver(row, effect, engine);
    case 'action.respond':
      return actionRespond(row, effect, engine);
    case 'live.close':
      return liveClose(row, effect, engine);
    case 'timer':
      return timer(row, effect, engine);
    case 'run.start':
      return runStart(row, effect, engine);
    case 'run.steer':
      return runSteer(row, effect, engine);
    case 'run.interrupt':
      return runInterrupt(effect, engine);
    case 'approval.answer':
      return approvalAnswer(row, effect, engine);
    case 'agent.ask':
      return agentAsk(row, effect, engine);
    case 'artifact.take':
      return artifactTake(row, effect, engine);
    case 'artifact.keep':
      return artifactKeep(row, effect, engine);
    case 'attachments.fetch':
      return attachmentsFetch(row, effect, engine);
    case 'host.ask':
      return hostAsk(row, effect, engine);
    case 'workspace.resolve':
      return workspaceResolve(row, effect, engine);
    case 'threads.find':
      return threadsFind(row, effect, engine);
  }
}
