import type { ApprovalId, PlanStep } from '@threadbridge/contract';
import { documentFacts } from '../policy/bound-thread.ts';
import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { closedElsewhere } from './answer-approval.ts';
import { askApproval } from './ask-approval.ts';
import { type Decision, decision, say } from './decision.ts';
import { finishRun } from './finish-run.ts';
import type { DurableRunEvent, InputOf } from './input.ts';
import { parkRun } from './park-run.ts';
import type { RunningPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import { rememberMade } from './scope-artifact.ts';
import type { ScopeState } from './scope-state.ts';

/** The run in progress told something. What a run tells after its end was known is of no consequence. */
export function onRunProgressed(before: ScopeState, input: InputOf<'run.progressed'>, rules: Rules): Decision {
  const { phase } = before;
  if (phase.name !== 'running' || phase.run !== input.run) return decision(before);
  const { event, at, made = [], plan } = input;
  const state = rememberPlan(rememberMade(withSeen(before, phase, event), phase, made, at), phase, plan);
  const texts = textsIn(rules.language);
  switch (event.type) {
    case 'turn.waiting': {
      const line = { place: event.place, for: event.for };
      const isShown = rules.channels.get(state.scope.channel)?.hasLive === true && input.isUnseen === undefined;
      const isNews = (phase.line === undefined || input.isUnseen === true) && phase.stopping === undefined && !isShown;
      return decision({ ...state, phase: { ...phase, line } }, isNews ? say({ state, rules, at }, texts.inLine(line)) : []);
    }
    case 'thread.started': {
      const { line: _line, ...working } = phase;
      const binding = { thread: event.thread, workspace: phase.workspace };
      const next: ScopeState = { ...state, phase: { ...working, thread: event.thread } };
      if (phase.prompts[0]?.target !== undefined) return decision(next);
      const bindings = { ...state.bindings, [phase.fingerprint]: binding };
      const facts = documentFacts(state, phase, binding, at);
      return decision({ ...next, bindings }, [], { facts });
    }
    case 'turn.started':
      return decision({
        ...state,
        phase: { ...phase, turn: event.turn },
      });
    case 'approval.requested':
      return phase.stopping === undefined ? askApproval(state, phase, event.approval, at, rules) : decision(state);
    case 'approval.closed':
      return closeApproval(state, phase, event.approval, at, rules);
    case 'turn.completed':
      return finishRun(
        state,
        phase,
        { status: 'completed', text: event.text, made, ...(event.text === '' && { note: texts.noAnswer() }) },
        at,
        rules,
      );
    case 'turn.failed':
      if (event.error.kind === 'usageLimit') return parkRun(state, phase, event, at, rules);
      return finishRun(
        state,
        phase,
        { status: 'failed', text: event.text, made, note: texts.failed({ ...event.error, words: wordsOf(phase.prompts) }) },
        at,
        rules,
      );
    case 'turn.interrupted':
      return finishRun(
        state,
        phase,
        {
          status: 'interrupted',
          text: event.text,
          made,
          note: texts.stopped({ why: phase.stopping?.reason ?? 'codex', words: wordsOf(phase.prompts) }),
        },
        at,
        rules,
      );
  }
}

/** Codex keeps no plan with its thread. */
function rememberPlan(state: ScopeState, { thread }: RunningPhase, steps: readonly PlanStep[] = []): ScopeState {
  return thread === undefined || steps.length === 0 ? state : { ...state, plan: { thread, steps } };
}

/** The turn of a run is known here, whatever else was missed of it. */
function withSeen(state: ScopeState, { thread }: RunningPhase, event: DurableRunEvent): ScopeState {
  const turn = 'turn' in event ? event.turn : undefined;
  if (thread === undefined || turn === undefined) return state;
  return { ...state, seen: { ...state.seen, [thread]: turn } };
}

function closeApproval(state: ScopeState, phase: RunningPhase, id: ApprovalId, at: number, rules: Rules): Decision {
  const { [id]: open, ...approvals } = phase.approvals;
  if (open === undefined) return decision(state);
  const next: ScopeState = { ...state, phase: { ...phase, approvals } };
  if (open.answered !== undefined || phase.stopping !== undefined) return decision(next);
  const told = textsIn(rules.language).approvalClosed({ code: open.code });
  return decision(next, say({ state: next, rules, at }, told), { inputs: closedElsewhere(state, phase, open, at, told, rules) });
}
