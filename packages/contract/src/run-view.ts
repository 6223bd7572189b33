import type { Approval } from './approval.ts';
import type { ItemId } from './ids.ts';
import type { PlanStep, RunEvent, RunItem, TurnError, Usage } from './run-event.ts';

/** `waiting`: for an answer to an approval. `lost`: the agent is gone and the end is not known from it. */
export type RunStatus = 'starting' | 'running' | 'waiting' | 'completed' | 'failed' | 'interrupted' | 'lost';

/** A piece of the answer; `isDraft` while it is still streamed. */
export interface ViewText {
  readonly item: ItemId;
  readonly text: string;
  readonly isDraft: boolean;
}

/** What a watcher should see of a run now: a fold of its events. Plain JSON. */
export interface RunView {
  readonly status: RunStatus;
  /** It stands in line and has not begun; 1 is next. `for`: a free place among the runs, or its thread. */
  readonly line?: { readonly place: number; readonly for: 'slot' | 'thread' };
  /** The agent's messages in order. */
  readonly texts: readonly ViewText[];
  /** Commands, file changes and tool calls in order, each in its latest state. */
  readonly steps: readonly RunItem[];
  readonly plan: readonly PlanStep[];
  readonly diff?: string;
  readonly approvals: readonly Approval[];
  readonly usage?: Usage;
  readonly error?: TurnError;
  /** A last word about how it ended, for people, in their language. */
  readonly note?: string;
  /** Of what whoever shows it says beside the answer. Absent: their own choice. */
  readonly language?: 'en' | 'zh';
}

/** The view before the first event. */
export const emptyView: RunView = { status: 'starting', texts: [], steps: [], plan: [], approvals: [] };

/** The answer as far as it is known, messages separated by a blank line. */
export function viewText(view: RunView): string {
  return view.texts
    .map((part) => part.text)
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The view after one more event. Pure. */
export function reduceView(before: RunView, event: RunEvent): RunView {
  if (event.type === 'turn.waiting') return { ...before, line: { place: event.place, for: event.for } };
  const view = outOfLine(before);
  switch (event.type) {
    case 'turn.started':
      return { ...view, status: 'running' };
    case 'item.started':
    case 'item.completed':
      return withItem(view, event.item, event.type === 'item.started');
    case 'item.dropped':
      return { ...view, texts: view.texts.filter((part) => part.item !== event.item) };
    case 'text.delta':
      return { ...view, texts: appendText(view.texts, event.item, event.delta) };
    case 'plan.updated':
      return { ...view, plan: event.steps };
    case 'diff.updated':
      return { ...view, diff: event.diff };
    case 'usage.updated':
      return { ...view, usage: event.usage };
    case 'approval.requested':
      return { ...view, status: 'waiting', approvals: [...view.approvals, event.approval] };
    case 'approval.closed': {
      const approvals = view.approvals.filter((open) => open.id !== event.approval);
      return { ...view, approvals, status: approvals.length === 0 && view.status === 'waiting' ? 'running' : view.status };
    }
    case 'turn.completed':
      return { ...ended(view), status: 'completed', ...(event.usage && { usage: event.usage }) };
    case 'turn.failed':
      return { ...ended(view), status: 'failed', error: event.error };
    case 'turn.interrupted':
      return { ...ended(view), status: 'interrupted' };
    case 'thread.started':
    case 'reasoning.delta':
    case 'output.delta':
    case 'turn.retrying':
    case 'warning':
      return view;
  }
}

/** Whatever else a run tells, it stands in line no more. */
function outOfLine(view: RunView): RunView {
  if (view.line === undefined) return view;
  const { line: _line, ...rest } = view;
  return rest;
}

function ended(view: RunView): RunView {
  return { ...view, approvals: [], texts: view.texts.map((part) => ({ ...part, isDraft: false })) };
}

function withItem(view: RunView, item: RunItem, isDraft: boolean): RunView {
  switch (item.type) {
    case 'agent.message':
      return { ...view, texts: putText(view.texts, { item: item.id, text: item.text, isDraft }) };
    case 'command':
    case 'file.change':
    case 'tool.call':
    case 'web.search':
      return { ...view, steps: putStep(view.steps, item) };
    case 'user.message':
    case 'reasoning':
    case 'plan':
    case 'compaction':
    case 'review':
    case 'other':
      return view;
  }
}

function putText(texts: readonly ViewText[], text: ViewText): readonly ViewText[] {
  const at = texts.findIndex((part) => part.item === text.item);
  return at === -1 ? [...texts, text] : texts.with(at, text);
}

function putStep(steps: readonly RunItem[], step: RunItem): readonly RunItem[] {
  const at = steps.findIndex((known) => known.id === step.id);
  return at === -1 ? [...steps, step] : steps.with(at, step);
}

function appendText(texts: readonly ViewText[], item: ItemId, delta: string): readonly ViewText[] {
  const at = texts.findIndex((part) => part.item === item);
  const known = texts[at];
  return known === undefined
    ? [...texts, { item, text: delta, isDraft: true }]
    : texts.with(at, { ...known, text: known.text + delta });
}
