import { emptyView, isTerminal, type RunEvent, type RunHandle, reduceView } from '@threadbridge/contract';
import type { EffectOf } from '../decide/effect.ts';
import { type DurableRunEvent, type Input, type InputOf, type Overdue, resultInputId } from '../decide/input.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';
import { openLiveSession } from './live-session.ts';
import { watchOverdue } from './watch-overdue.ts';

/** Listens to a run to its end: what matters becomes durable in order, the rest is for those who watch. Answers with the end, not yet stored. */
export async function followRun(
  row: OpenEffect,
  effect: EffectOf<'run.start'>,
  handle: RunHandle,
  engine: Engine,
): Promise<Input> {
  const { run } = effect;
  const over = new AbortController();
  const accept = (input: Input) => engine.accept([input]);
  const base = (what: string) => ({
    id: resultInputId(row.key, `${row.attempts}/${what}`),
    scope: row.scope,
    at: engine.clock.now(),
    run,
  });
  const live = openLiveSession(row, effect, engine, (ref, count) =>
    accept({ ...base(`live/${count}`), type: 'live.opened', ref }),
  );
  const overdue = (reason: Overdue) => accept({ ...base(`overdue/${reason}`), type: 'run.overdue', reason });
  const watch = watchOverdue(effect, engine.clock, over.signal, overdue);
  let view = emptyView;
  let count = 0;
  try {
    for await (const event of handle.events) {
      view = reduceView(view, event);
      engine.views.set(run, view);
      watch.sign(view.approvals.length > 0);
      if (event.type === 'turn.started') startTyping(row, effect, engine, over.signal);
      if (isTerminal(event)) {
        await live.end();
        if (!live.isOpen) engine.views.delete(run);
        return progressed(base('end'), event);
      }
      live.show(view);
      if (isDurable(event)) {
        count += 1;
        await accept(progressed(base(`event/${count}`), event));
      }
    }
    throw new TypeError('A runner ended the events of a run without a terminal event.');
  } finally {
    over.abort();
    await live.end();
  }
}

function progressed(base: Omit<InputOf<'run.progressed'>, 'type' | 'event'>, event: DurableRunEvent): Input {
  return { ...base, type: 'run.progressed', event };
}

function isDurable(event: RunEvent): event is DurableRunEvent {
  switch (event.type) {
    case 'thread.started':
    case 'turn.started':
    case 'approval.requested':
    case 'approval.closed':
    case 'turn.completed':
    case 'turn.failed':
    case 'turn.interrupted':
      return true;
    case 'item.started':
    case 'item.completed':
    case 'item.dropped':
    case 'text.delta':
    case 'reasoning.delta':
    case 'output.delta':
    case 'plan.updated':
    case 'diff.updated':
    case 'usage.updated':
    case 'turn.retrying':
    case 'warning':
      return false;
  }
}

function startTyping(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine, signal: AbortSignal): void {
  const typing = engine.channels.get(row.scope.channel)?.capabilities.typing;
  typing?.start(row.scope, effect.reply, signal).catch((error: unknown) => {
    engine.logger.debug({ run: effect.run, error: String(error) }, 'typing could not be shown');
  });
}
