import type { CommandContext } from '../commands/command.ts';
import type { FactChange } from '../decide/facts.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import type { Role } from '../policy/roles.ts';

/** Something that holds for a conversation or a person: a line of `/config`. */
export interface Setting {
  /** What people type: `/config language zh`. */
  readonly name: string;
  readonly label: { readonly en: string; readonly zh: string };
  /** What holds now, for people to read. Never a secret. */
  show(context: CommandContext): string;
  /** Absent: it is set in the configuration, or by a command of its own. */
  readonly change?: {
    readonly values: readonly string[];
    /** The least role that may change it. */
    readonly role: Role;
    /** `private`: never in a group. */
    readonly place: 'anywhere' | 'private';
    /** What becomes of one of the values. */
    to(value: string, context: CommandContext): SettingChange;
  };
}

/** What follows from a choice. What is absent stays as it is. */
export interface SettingChange {
  readonly state?: ScopeState;
  readonly facts?: readonly FactChange[];
}
