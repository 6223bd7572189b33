import {
  emptyView,
  isTerminal,
  type LiveRef,
  type RunEvent,
  type RunHandle,
  type RunItem,
  type RunView,
  reduceView,
  type TerminalEvent,
  type ThreadId,
} from '@threadbridge/contract';
import type { EffectOf } from '../decide/effect.ts';
import { type DurableRunEvent, type Input, type InputOf, resultInputId } from '../decide/input.ts';
import type { Overdue } from '../decide/phase.ts';
import { fingerprint } from '../policy/fingerprint.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';
import { findMade } from './find-made.ts';
import { openLiveSession } from './live-session.ts';
import { rememberEnded } from './own-threads.ts';
import { startTyping } from './show-typing.ts';
import { createStepTeller } from './tell-steps.ts';
import { watchOverdue } from './watch-overdue.ts';

/**
 * Listens to a run to its end: what matters becomes durable in order, the rest is for those who watch. Answers with the end, not yet stored;
 * undefined where it stood in line until the program shut down, and has not begun.
 */
export async function followRun(
  row: OpenEffect,
  effect: EffectOf<'run.start'>,
  handle: RunHandle,
  engine: Engine,
): Promise<Input | undefined> {
  const { run } = effect;
  const over = new AbortController();
  const accept = (input: Input) => engine.accept([input]);
  const base = (what: string) => ({
    id: resultInputId(row.key, `${row.attempts}/${what}`),
    scope: row.scope,
    at: engine.clock.now(),
    run,
  });
  const live = openLiveSession(row, effect, engine, {
    ref: await knownView(row, effect, engine),
    onRef: (ref) => accept({ ...base(`live/${fingerprint({ ref })}`), type: 'live.opened', ref }),
    onBroken: async ({ line }) => {
      if (line !== undefined && isInLine)
        await accept({ ...progressed(base('line/unseen'), { type: 'turn.waiting', ...line }), isUnseen: true });
    },
  });
  engine.runs.watch(run, () => live.refresh());
  const overdue = (reason: Overdue) => accept({ ...base(`overdue/${reason}`), type: 'run.overdue', reason });
  const watch = watchOverdue(effect, engine.clock, over.signal, overdue);
  const teller = createStepTeller(engine.clock, ({ last, steps, omitted }) =>
    accept({ ...base(`worked/${last.id}`), type: 'run.worked', steps, omitted }),
  );
  let view: RunView = { ...emptyView, ...(effect.language && { language: effect.language }) };
  const items: RunItem[] = [];
  let isInLine = false;
  let thread: ThreadId | undefined;
  try {
    for await (const event of handle.events) {
      if (event.type === 'turn.waiting') {
        engine.runs.stand(run, true);
        if (!isInLine) leaveOnClosing(handle, engine.closing, over.signal);
        isInLine = true;
        await accept(progressed(base(`event/${nameOf(event)}`), event));
        view = reduceView(view, event);
        engine.views.set(run, view);
        live.show(view);
        continue;
      }
      if (isInLine && isTerminal(event) && engine.closing.aborted) return undefined;
      if (isInLine) engine.runs.stand(run, false);
      isInLine = false;
      view = reduceView(view, event);
      engine.views.set(run, view);
      watch.sign(view.approvals.length > 0);
      if (event.type === 'thread.started') thread = event.thread;
      if (event.type === 'turn.started') startTyping(row, effect, engine, over.signal);
      if (isTerminal(event)) {
        if (thread !== undefined && event.turn !== undefined) rememberEnded(engine, thread, event.turn);
        await live.end();
        if (!live.isOpen) engine.views.delete(run);
        const made = await findMade(row, effect, { items, text: event.text }, engine);
        const { plan } = view;
        return { ...progressed(base('end'), event), ...(made.length > 0 && { made }), ...(plan.length > 0 && { plan }) };
      }
      if (event.type === 'item.completed') {
        items.push(event.item);
        if (effect.isVerbose) teller.add(event.item);
      }
      live.show(view);
      if (isDurable(event)) {
        await accept(progressed(base(`event/${nameOf(event)}`), event));
      }
    }
    throw new TypeError('A runner ended the events of a run without a terminal event.');
  } finally {
    over.abort();
    await teller.end();
    await live.end();
  }
}

/** Where the view of this run was opened before: by an earlier process, or when it was tried last. */
async function knownView(row: OpenEffect, { run }: EffectOf<'run.start'>, { store }: Engine): Promise<LiveRef | undefined> {
  const phase = (await store.loadScope(row.scope.id))?.phase;
  return phase?.name === 'running' && phase.run === run ? phase.live : undefined;
}

/** Who stands in line goes home when the program shuts down, and comes back with the next one. */
function leaveOnClosing(handle: RunHandle, closing: AbortSignal, over: AbortSignal): void {
  const leave = () => void handle.interrupt();
  if (closing.aborted) leave();
  else closing.addEventListener('abort', leave, { once: true, signal: over });
}

function progressed(base: Omit<InputOf<'run.progressed'>, 'type' | 'event'>, event: DurableRunEvent): InputOf<'run.progressed'> {
  return { ...base, type: 'run.progressed', event };
}

/** By what it says, not by its place: who attaches to a run hears again what was known before. */
function nameOf(event: Exclude<DurableRunEvent, TerminalEvent>): string {
  switch (event.type) {
    case 'turn.waiting':
      return `line/${event.for}/${event.place}`;
    case 'thread.started':
      return `thread/${event.thread}`;
    case 'turn.started':
      return `turn/${event.turn}`;
    case 'approval.requested':
      return `asked/${event.approval.id}`;
    case 'approval.closed':
      return `closed/${event.approval}`;
  }
}

function isDurable(event: RunEvent): event is DurableRunEvent {
  switch (event.type) {
    case 'turn.waiting':
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
