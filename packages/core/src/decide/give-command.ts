import type { MessageReceived } from '@threadbridge/contract';
import { findCommand } from '../commands/parse.ts';
import { commands } from '../commands/registry.ts';
import type { Admission } from '../policy/admit.ts';
import { authorizeCommand } from '../policy/authorize-command.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import { accessEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** A command on its way through the door, typed or pressed. */
export interface GivenCommand {
  readonly name: string;
  readonly args: string;
  /** Who gave it, where; the text is the command. */
  readonly event: MessageReceived;
  readonly admission: Extract<Admission, { readonly allowed: true }>;
  readonly at: number;
}

/** The one door through which every command goes: what it is, whether this person may give it here, and then what it decides. */
export function giveCommand(state: ScopeState, given: GivenCommand, rules: Rules): Decision {
  const { name, args, event, admission, at } = given;
  const texts = textsIn(rules.language);
  const voice = { state, rules, at };
  const found = findCommand(commands, name);
  if (!('command' in found)) {
    const told = texts.unknownCommand({ name: inline(name), ...(found.nearest && { nearest: found.nearest }) });
    return decision(state, say(voice, told));
  }
  const { command } = found;
  const verdict = authorizeCommand(command, admission.role, event.scope);
  const because = [...admission.because, verdict.because];
  if (!verdict.allowed) {
    const told =
      verdict.reason === 'place'
        ? texts.commandPrivate({ name: command.name })
        : texts.commandRole({ name: command.name, role: command.role });
    return decision(state, say(voice, told), { audit: [accessEntry(event, at, 'refused', because)] });
  }
  const { actor } = event;
  const made = command.decide({ commands, state, rules, at, texts, voice, actor, role: admission.role, args, event });
  const ignored = event.attachments.length > 0 ? say(voice, texts.filesNotTaken({ name: command.name })) : [];
  return { ...made, effects: [...made.effects, ...ignored], audit: [accessEntry(event, at, 'allowed', because), ...made.audit] };
}
