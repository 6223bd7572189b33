import type { FileChange, ModelInfo, ThreadId, TurnDetail } from '@threadbridge/contract';
import { currentThread } from '../policy/current-thread.ts';
import { moment } from '../texts/moment.ts';
import { planText } from '../texts/plan-text.ts';
import { shortId } from '../texts/short-id.ts';
import type { Texts } from '../texts/texts.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import type { AgentAsk, AgentReply } from './agent-ask.ts';
import { configEntry } from './audit.ts';
import { goOn } from './choose-way.ts';
import { rowsFor } from './controls.ts';
import { type Decision, decision, say, type Voice } from './decision.ts';
import type { InputOf } from './input.ts';
import { goOnMoved, onReadBeforeRun } from './look-before-run.ts';
import { onHeldLooked } from './on-held-looked.ts';
import { onLimitChecked } from './park-run.ts';
import type { HeldPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** The agent answered what was asked of it beside a run. */
export function onAgentAnswered(state: ScopeState, input: InputOf<'agent.answered'>, rules: Rules): Decision {
  const { ask, reply, at } = input;
  if (ask.what === 'limits' && ask.parked !== undefined) return onLimitChecked(state, ask, reply, at, rules);
  if (ask.what === 'queue' || ask.what === 'withdraw' || ask.what === 'way' || ask.what === 'turn')
    return onHeldLooked(state, ask, reply, at, rules);
  if (ask.what === 'refresh' && ask.before !== undefined)
    return onReadBeforeRun(state, { ...ask, before: ask.before }, reply, at, rules);
  if (ask.what === 'refresh' && ask.isFollowed) return onFollowedRead(state, ask.thread, reply, at, rules);
  const made = tell(state, input, rules);
  if (ask.what !== 'refresh') return made;
  const next = goOnMoved(made.state, ask.thread, at, rules);
  return { ...next, effects: [...made.effects, ...next.effects] };
}

/** Somebody asked, and is told. */
function tell(state: ScopeState, { ask, reply, at }: InputOf<'agent.answered'>, rules: Rules): Decision {
  const texts = textsIn(rules.language);
  const told = (next: ScopeState, markdown: string) => decision(next, say({ state: next, rules, at }, markdown));
  switch (reply.type) {
    case 'failed':
      return told(state, texts.askFailed({ message: reply.message }));
    case 'unknown':
      return told(state, texts.askUnknown());
    case 'done':
      return told(ask.what === 'archive' ? withoutThread(state, ask.thread) : state, done(ask, rules));
    case 'forked': {
      if (state.phase.name === 'held' && ask.what === 'fork' && state.phase.thread === ask.thread)
        return goOnInFork(state, state.phase, reply.thread.id, at, rules);
      const place = currentThread(state, ask.by, rules);
      if (place === undefined) return told(state, texts.forked({ thread: shortId(reply.thread.id) }));
      const binding = { thread: reply.thread.id, workspace: place.workspace };
      const { alias: _alias, ...rest } = state;
      const next: ScopeState = { ...rest, bindings: { ...state.bindings, [place.fingerprint]: binding } };
      return told(next, texts.forked({ thread: shortId(reply.thread.id) }));
    }
    case 'withdrawn':
    case 'way':
    case 'turn':
      return decision(state);
    case 'models':
      return onModels({ state, rules, at }, ask, reply.models);
    case 'limits': {
      const lines = reply.limits.windows.map((window) =>
        texts.limitLine({
          name: window.name ?? '',
          percent: window.usedPercent,
          ...(window.resetsAt !== undefined && { resets: moment(window.resetsAt) }),
        }),
      );
      return told(state, lines.length === 0 ? texts.limitsNone() : lines.join('\n'));
    }
    case 'plan': {
      const known = ask.what === 'plan' && state.plan?.thread === ask.thread ? state.plan.steps : [];
      const steps = reply.steps.length > 0 ? reply.steps : known;
      return told(state, steps.length > 0 ? planText(steps) : (reply.text ?? texts.planNone()));
    }
    case 'diff':
      return told(
        state,
        reply.changes.length === 0 ? texts.diffNone() : reply.changes.map((change) => changeText(change, texts)).join('\n\n'),
      );
    case 'turns': {
      const last = reply.turns.at(-1);
      if (last === undefined || ask.what !== 'refresh') return told(state, texts.refreshNothing());
      const next: ScopeState = { ...state, seen: { ...state.seen, [ask.thread]: last.turn } };
      const head = reply.isCut ? [texts.refreshCut({ count: reply.turns.length })] : [];
      return told(next, [...head, ...reply.turns.map(turnText)].join('\n\n'));
    }
  }
}

function done(ask: AgentAsk, rules: Rules): string {
  const texts = textsIn(rules.language);
  switch (ask.what) {
    case 'rename':
      return texts.renamed({ title: ask.title });
    case 'archive':
      return texts.archived({ thread: shortId(ask.thread) });
    case 'compact':
      return texts.compacted();
    case 'fork':
    case 'queue':
    case 'withdraw':
    case 'way':
    case 'turn':
    case 'models':
    case 'limits':
    case 'refresh':
    case 'diff':
    case 'plan':
      return '';
  }
}

/** The words that waited for the thread go on in its copy. */
function goOnInFork(state: ScopeState, phase: HeldPhase, thread: ThreadId, at: number, rules: Rules): Decision {
  const { alias: _alias, ...rest } = state;
  const bindings = { ...state.bindings, [phase.fingerprint]: { thread, workspace: phase.workspace } };
  const isSent = phase.prompts[0]?.target !== undefined;
  const prompts = phase.prompts.map((one) => (one.target ? { ...one, target: { ...one.target, thread } } : one));
  const made = goOn(isSent ? state : { ...rest, bindings }, { ...phase, prompts }, at, rules);
  const told = say({ state: made.state, rules, at }, textsIn(rules.language).heldForked({ thread: shortId(thread) }));
  return { ...made, effects: [...told, ...made.effects] };
}

function onModels(voice: Voice, ask: AgentAsk, models: readonly ModelInfo[]): Decision {
  const { state } = voice;
  const texts = textsIn(voice.rules.language);
  const wanted = ask.what === 'models' ? ask.wanted : undefined;
  const chosen = models.find((model) => model.id === wanted);
  if (chosen !== undefined) {
    const next: ScopeState = { ...state, model: chosen.id };
    return decision(next, say({ ...voice, state: next }, texts.modelSet({ model: chosen.id })), {
      audit: [configEntry(state.scope, ask.by, voice.at, 'model changed', { model: chosen.id })],
    });
  }
  const lines = models.map((model) => `- \`${model.id}\` ${model.title}${model.id === state.model ? ' ←' : ''}`);
  const head = wanted === undefined ? [] : [texts.modelUnknown({ model: inline(wanted) })];
  const rows = models.map(({ id, title }) => ({ label: inline(title), detail: id, name: 'model', args: id }));
  return decision(state, say(voice, [...head, ...lines].join('\n'), rowsFor(voice, ask.by, rows)));
}

/** A thread that is put away is not gone on in by the next message. */
function withoutThread(state: ScopeState, thread: string): ScopeState {
  const { alias: _alias, ...rest } = state;
  return {
    ...rest,
    bindings: Object.fromEntries(Object.entries(state.bindings).filter(([, binding]) => binding.thread !== thread)),
  };
}

/** What happened in a thread that is followed: told when it is over. The first look only finds out where to begin. */
function onFollowedRead(state: ScopeState, thread: ThreadId, reply: AgentReply, at: number, rules: Rules): Decision {
  const turns = reply.type === 'turns' ? reply.turns : [];
  const going = turns.findIndex((turn) => turn.status === 'inProgress');
  const over = going === -1 ? turns : turns.slice(0, going);
  const last = over.at(-1);
  if (last === undefined) return decision(state);
  const next: ScopeState = { ...state, seen: { ...state.seen, [thread]: last.turn } };
  if (state.seen?.[thread] === undefined) return decision(next);
  return decision(next, say({ state: next, rules, at }, over.map(turnText).join('\n\n')));
}

function turnText(turn: TurnDetail): string {
  const asked = turn.items.flatMap((item) => (item.type === 'user.message' ? [item.text] : [])).join('\n');
  const quoted =
    asked === ''
      ? []
      : [
          asked
            .split('\n')
            .map((line) => `> ${line}`)
            .join('\n'),
        ];
  return [...quoted, turn.text === '' ? `(${turn.status})` : turn.text].join('\n\n');
}

/** One change of a file, in a block that its own text cannot close. */
function changeText({ path, kind, movedTo, diff }: FileChange, texts: Texts): string {
  const longest = Math.max(2, ...Array.from(diff.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const head = `${texts.changeOf({ kind })} \`${path}\`${movedTo === undefined ? '' : ` → \`${movedTo}\``}`;
  return [head, `${fence}diff\n${diff.trimEnd()}\n${fence}`].join('\n\n');
}
