import type { ActionInvoked, Answer, MessageReceived } from '@threadbridge/contract';
import type { Action } from '../policy/action.ts';
import type { TokenClaims } from '../policy/action-token.ts';
import { type Admission, admit } from '../policy/admit.ts';
import { isAtLeast } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import { alreadyAnswered, answerApproval, toAnswer } from './answer-approval.ts';
import { aside, hasActed, inPlace } from './answer-click.ts';
import { withQuestion } from './ask-approval.ts';
import { accessEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import { giveCommand } from './give-command.ts';
import type { InputOf } from './input.ts';
import type { OpenApproval } from './open-approval.ts';
import type { RunningPhase } from './phase.ts';
import { type ControlVerdict, readControl } from './read-control.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

type Allowed = Extract<Admission, { readonly allowed: true }>;
type Why = Extract<ControlVerdict, { readonly valid: false }>['reason'] | 'person';

/**
 * Somebody pressed a button, picked a row or sent a form. The token says what is meant; the person must still be one who may do that
 * here. What came of it is said in the place of the click. A refusal is told to whoever pressed and leaves the message as it is: it may be
 * good for somebody else, and which message was pressed is not what the token speaks of.
 */
export function onAction(state: ScopeState, { event, at }: InputOf<'action.invoked'>, rules: Rules): Decision {
  const texts = textsIn(rules.language);
  const admission = admit({ ...event, isAddressed: true }, rules);
  if (!admission.allowed) {
    const made = decision(state, admission.reason === 'silent' ? [] : say({ state, rules, at }, texts.notYours()), {
      audit: [accessEntry(event, at, 'refused', admission.because)],
    });
    return aside(made, event.reply, at);
  }
  const verdict = readControl(state, event.token, { scope: event.scope, at }, rules);
  if (!verdict.valid) return refuse(state, event, verdict.reason, at, rules);
  const { claims } = verdict;
  const { phase } = state;
  const run = phase.name === 'running' ? phase : undefined;
  const isOthers = claims.by !== undefined && claims.by !== event.actor.id;
  if (isOthers && !isAtLeast(admission.role, 'admin')) return refuse(state, event, 'person', at, rules);
  const { action } = claims;
  if (action.type === 'command') return pressCommand(state, { event, claims, action, admission, at }, rules);
  const open = run?.approvals[action.approval];
  if (run !== undefined && open !== undefined) return pressAnswer(state, run, open, { event, action, at }, rules);
  const closed = decision(state, say({ state, rules, at }, texts.approvalNotOpen()), {
    audit: [accessEntry(event, at, 'refused', ['the question is closed'])],
  });
  return aside(closed, event.reply, at);
}

/** The command as if it had been typed. What acted is used; a command that only spoke or refused leaves the control as it is. */
function pressCommand(
  before: ScopeState,
  pressed: {
    readonly event: ActionInvoked;
    readonly claims: TokenClaims;
    readonly action: Extract<Action, { readonly type: 'command' }>;
    readonly admission: Allowed;
    readonly at: number;
  },
  rules: Rules,
): Decision {
  const { event, claims, action, admission, at } = pressed;
  const fresh = Object.entries(before.spent ?? {}).filter(([, until]) => until >= at);
  const state: ScopeState = { ...before, spent: { ...Object.fromEntries(fresh), [claims.nonce]: claims.until } };
  const value = action.field === undefined ? undefined : event.values?.[action.field];
  const args = [action.args, typeof value === 'string' ? value.trim() : undefined].filter((part) => part).join(' ');
  const typed = { ...toMessage(event), text: `/${action.name} ${args}`.trim() };
  const made = giveCommand(state, { name: action.name, args, event: typed, admission, at }, rules);
  return hasActed(state, made) ? inPlace(made, event.reply, at) : aside({ ...made, state: before }, event.reply, at);
}

function pressAnswer(
  state: ScopeState,
  run: RunningPhase,
  open: OpenApproval,
  pressed: {
    readonly event: ActionInvoked;
    readonly action: Exclude<Action, { readonly type: 'command' }>;
    readonly at: number;
  },
  rules: Rules,
): Decision {
  const { event, action, at } = pressed;
  if (open.answered !== undefined) {
    const because = ['the question is answered'];
    const late = decision(state, say({ state, rules, at }, alreadyAnswered(open, event.actor, state.scope, rules)), {
      audit: [accessEntry(event, at, 'refused', because)],
    });
    return aside(late, event.reply, at);
  }
  const answer = action.type === 'approval' ? toAnswer(open, action.decision) : fromValues(open, event);
  if (answer === undefined) return refuse(state, event, 'altered', at, rules);
  const made = answerApproval(state, run, open, { answer, by: event.actor, at }, rules);
  const { phase } = made.state;
  const after = phase.name === 'running' ? phase.approvals[open.approval.id] : undefined;
  if (after === undefined || after === open) return aside(made, event.reply, at);
  return inPlace(made, event.reply, at, (told) => withQuestion({ state: made.state, rules, at }, run, after, told));
}

/** What was filled in, as an answer to the questions of the form. Undefined for questions that take none. */
function fromValues({ approval }: OpenApproval, event: ActionInvoked): Answer | undefined {
  if (approval.kind !== 'userInput') return undefined;
  const given = approval.questions.map((question) => {
    const value = event.values?.[question.id];
    return [question.id, typeof value === 'string' ? [value] : []] as const;
  });
  return { type: 'userInput', answers: Object.fromEntries(given) };
}

function toMessage(event: ActionInvoked): MessageReceived {
  const { id, scope, actor, reply, at } = event;
  return { id, scope, actor, reply, at, type: 'message.received', text: '', attachments: [], isAddressed: true };
}

function refuse(state: ScopeState, event: ActionInvoked, why: Why, at: number, rules: Rules): Decision {
  const made = decision(state, say({ state, rules, at }, textsIn(rules.language).buttonRefused({ why })), {
    audit: [accessEntry(event, at, 'refused', [`action token: ${why}`])],
  });
  return aside(made, event.reply, at);
}
