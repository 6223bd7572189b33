import type { ThreadId, TurnDetail } from '@threadbridge/contract';
import { isShared } from '../policy/roles.ts';
import { firstWords } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import type { AgentAsk, AgentReply, BeforeRun } from './agent-ask.ts';
import { type Decision, decision, say } from './decision.ts';
import { nextBatch, threadOf, workspaceOf } from './next-batch.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun, startRun } from './start-run.ts';

/** How many turns are told of before a run; `/refresh` shows more. */
const toldTurns = 3;

/**
 * The workspace is checked. Before words go into a thread that was seen here before, it is read whether it went on elsewhere; that costs no
 * turn. Comments share the thread of their document, and nobody reads along in a task: there it is not looked at.
 */
export function lookBeforeRun(state: ScopeState, before: BeforeRun, at: number, rules: Rules): Decision {
  const batch = nextBatch(state.pending);
  const by = batch[0]?.actor;
  const { kind } = state.scope;
  const thread = kind === 'comment' || kind === 'task' ? undefined : threadOf(state, batch, before.workspace, rules);
  const seen = thread === undefined ? undefined : state.seen?.[thread];
  if (by === undefined || thread === undefined || seen === undefined) return startRun(state, before.workspace, at, rules);
  return decision(state, [{ type: 'agent.ask', ask: { what: 'refresh', by, thread, seen, before } }]);
}

/** What happened in the thread since it was seen here. Where that could not be read, the run tells what is wrong with the thread. */
export function onReadBeforeRun(
  state: ScopeState,
  ask: Extract<AgentAsk, { readonly what: 'refresh' }> & { readonly before: BeforeRun },
  reply: AgentReply,
  at: number,
  rules: Rules,
): Decision {
  if (state.phase.name !== 'preparing' || state.phase.moved !== undefined) return decision(state);
  const { before, thread } = ask;
  const batch = nextBatch(state.pending);
  // Words and places may have changed meanwhile.
  const isAsked = threadOf(state, batch, before.workspace, rules) === thread && workspaceOf(state, batch, rules) === before.asked;
  if (batch.length === 0 || !isAsked) return prepareRun(state, at, rules);
  const turns = reply.type === 'turns' ? reply.turns.filter(isOfSomebody) : [];
  const last = turns.at(-1);
  if (last === undefined) return startRun(state, before.workspace, at, rules);
  const texts = textsIn(rules.language);
  const voice = { state, rules, at };
  const count = turns.length;
  if (rules.runs.whenMoved === 'wait' && !isShared(state.scope))
    return decision({ ...state, phase: { name: 'preparing', moved: thread } }, say(voice, texts.movedWaits({ count })));
  const next: ScopeState = { ...state, seen: { ...state.seen, [thread]: last.turn } };
  const made = startRun(next, before.workspace, at, rules);
  // What the owner does at the desk is not for a group to read.
  const lines = isShared(state.scope) ? [] : turns.slice(-toldTurns).map(turnLine);
  return { ...made, effects: [...say(voice, [texts.moved({ count }), ...lines].join('\n')), ...made.effects] };
}

/** Somebody read what happened in the thread, or began a new one: the words wait no longer. */
export function goOnMoved(state: ScopeState, thread: ThreadId | undefined, at: number, rules: Rules): Decision {
  const { phase } = state;
  const waits = phase.name === 'preparing' && phase.moved !== undefined && (thread === undefined || phase.moved === thread);
  return waits ? prepareRun(state, at, rules) : decision(state);
}

/** A turn that is over and that somebody asked for; Codex keeps the summing-up of a thread as a turn, too. */
function isOfSomebody({ status, items }: TurnDetail): boolean {
  return status !== 'inProgress' && items.some((item) => item.type === 'user.message');
}

function turnLine({ items, text, status }: TurnDetail): string {
  const asked = items.flatMap((item) => (item.type === 'user.message' ? [item.text] : [])).join(' ');
  return `- ${inline(firstWords(asked, 80))} → ${text === '' ? `(${status})` : inline(firstWords(text, 160))}`;
}
