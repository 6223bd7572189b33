import { findCommand, parseCommand } from '../commands/parse.ts';
import { commands } from '../commands/registry.ts';
import { type Admission, admit } from '../policy/admit.ts';
import { authorizeCommand } from '../policy/authorize-command.ts';
import { chatOf } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import type { AuditEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { Prompt, ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';
import { toPrompt } from './to-prompt.ts';

/** Somebody wrote: a stranger is told how to ask, a command is carried out, everything else waits for a run. */
export function onMessage(before: ScopeState, input: InputOf<'message.received'>, rules: Rules): Decision {
  const { event, at } = input;
  const texts = textsIn(rules.language);
  const admission = admit(event, rules);
  if (!admission.allowed) return admission.reason === 'silent' ? decision(before) : refuse(before, input, admission, rules);

  const state: ScopeState = { ...before, scope: event.scope, reply: event.reply };
  const voice = { state, rules, at };
  const parsed = parseCommand(event.text);
  if (parsed !== undefined) {
    const found = findCommand(commands, parsed.name);
    if (!('command' in found)) {
      return decision(
        state,
        say(voice, texts.unknownCommand({ name: parsed.name, ...(found.nearest && { nearest: found.nearest }) })),
      );
    }
    const { command } = found;
    const verdict = authorizeCommand(command, admission.role, event.scope);
    if (!verdict.allowed) {
      const told =
        verdict.reason === 'place'
          ? texts.commandPrivate({ name: command.name })
          : texts.commandRole({ name: command.name, role: command.role });
      return decision(state, say(voice, told), {
        audit: [accessEntry(input, 'refused', [...admission.because, verdict.because])],
      });
    }
    return command.decide({
      commands,
      state,
      rules,
      at,
      texts,
      voice,
      actor: event.actor,
      role: admission.role,
      args: parsed.args,
      event,
    });
  }
  if (event.attachments.length > 0) return decision(state, say(voice, texts.filesNotTaken()));
  if (event.text.trim() === '') return decision(state);
  return takePrompt(state, toPrompt(event), at, rules);
}

/** Tells somebody who is not let in how to ask for it, and keeps a line about it. In a group the owner's way is named. */
function refuse(
  before: ScopeState,
  input: InputOf<'message.received'>,
  admission: Extract<Admission, { readonly allowed: false }>,
  rules: Rules,
): Decision {
  const { event, at } = input;
  const texts = textsIn(rules.language);
  const voice = { state: before, rules, at, reply: event.reply };
  const told =
    admission.reason === 'group'
      ? texts.groupRefused({ group: chatOf(event.scope) })
      : texts.strangerRefused({ actor: event.actor.id });
  return decision(before, say(voice, told), { audit: [accessEntry(input, 'refused', admission.because)] });
}

function accessEntry(input: InputOf<'message.received'>, outcome: string, because: readonly string[]): AuditEntry {
  return { at: input.at, kind: 'access', scope: input.scope.id, actor: input.event.actor.id, outcome, detail: { because } };
}

function takePrompt(before: ScopeState, prompt: Prompt, at: number, rules: Rules): Decision {
  const isSteered = before.phase.name === 'running' && rules.runs.duringRun === 'steer' && before.phase.stopping === undefined;
  if (before.pending.length >= rules.runs.maxPending && !isSteered)
    return decision(
      before,
      say({ state: before, rules, at }, textsIn(rules.language).pendingFull({ count: before.pending.length })),
    );
  const state: ScopeState = { ...before, pending: [...before.pending, prompt] };
  switch (state.phase.name) {
    case 'idle':
    case 'collecting':
      return rules.runs.quietWindowMs === 0 ? prepareRun(state, at, rules) : collect(state, at, rules);
    case 'preparing':
      return decision(state);
    case 'held':
      return decision(state, say({ state, rules, at }, textsIn(rules.language).waitingHeld({ count: state.pending.length })));
    case 'running': {
      if (isSteered) return decision(before, [{ type: 'run.steer', run: state.phase.run, prompt }]);
      return decision(state, say({ state, rules, at }, textsIn(rules.language).waiting({ count: state.pending.length })));
    }
  }
}

/** (Re)opens the quiet window; the reminder of an earlier one will find another round and do nothing. */
function collect(state: ScopeState, at: number, rules: Rules): Decision {
  const round = state.rounds + 1;
  return decision({ ...state, rounds: round, phase: { name: 'collecting', round } }, [
    { type: 'timer', at: at + rules.runs.quietWindowMs, timer: { name: 'quiet', round } },
  ]);
}
