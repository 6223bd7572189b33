import type { Actor, MessageReceived } from '@threadbridge/contract';
import type { Decision, Voice } from '../decide/decision.ts';
import type { Rules } from '../decide/rules.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import type { Role } from '../policy/roles.ts';
import type { Texts } from '../texts/texts.ts';

/** What a command decides from. Its actor was admitted before. */
export interface CommandContext {
  /** All there are, for help. */
  readonly commands: readonly Command[];
  readonly state: ScopeState;
  readonly rules: Rules;
  readonly at: number;
  readonly texts: Texts;
  readonly voice: Voice;
  readonly actor: Actor;
  readonly role: Role;
  /** What followed the name, trimmed. */
  readonly args: string;
  readonly event: MessageReceived;
}

/** A word with a slash that people type in any channel. Costs no turn; a pure decision like every other. */
export interface Command {
  readonly name: string;
  /** Other spellings. */
  readonly also?: readonly string[];
  /** `/add NAME THREAD`. */
  readonly usage: string;
  /** The least role that may give it. */
  readonly role: Role;
  /** `private`: never in a group. */
  readonly place: 'anywhere' | 'private';
  readonly help: { readonly en: string; readonly zh: string };
  decide(context: CommandContext): Decision;
}
