import type { ActorId, OutboundControls } from '@threadbridge/contract';
import type { Action } from '../policy/action.ts';
import { type BoundRun, mintToken } from '../policy/action-token.ts';
import { isShared } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import type { Voice } from './decision.ts';
import type { RunningPhase } from './phase.ts';
import type { ScopeState } from './scope-state.ts';

/** How long a button that hangs on no question may be pressed. */
const controlLifetimeMs = 7 * 24 * 3_600_000;

/** To whom and to what a control is bound. */
export interface Bound {
  readonly by?: ActorId;
  readonly run?: BoundRun;
  /** Default: seven days from now. */
  readonly until?: number;
}

/** The token of a control in this place. */
export function tokenOf(voice: Voice, action: Action, bound: Bound = {}): string {
  const { rules, state, at } = voice;
  return mintToken(rules.tokenKey, {
    ...{ scope: state.scope, cause: rules.cause ?? '', until: at + controlLifetimeMs, action },
    ...bound,
  });
}

/** The controls, where the channel of this place has any. */
export function controls(voice: Voice, make: () => OutboundControls): OutboundControls {
  return voice.rules.channels.get(voice.state.scope.channel)?.hasActions ? make() : {};
}

/** What may be done with the run in progress: end it, or put words into it. Nothing once it is being ended. */
export function runControls(voice: Voice): OutboundControls {
  const run = stoppable(voice.state);
  if (run === undefined) return {};
  const texts = textsIn(voice.rules.language);
  const stop = {
    label: texts.labelStop(),
    token: tokenOf(voice, { type: 'command', name: 'stop' }, { run }),
    style: 'danger',
  } as const;
  const steer = tokenOf(voice, { type: 'command', name: 'steer', field: 'text' }, { run });
  return controls(voice, () => ({
    actions: [stop],
    form: {
      fields: [{ name: 'text', label: texts.labelSteerText(), isRequired: true }],
      submit: { label: texts.labelSteer(), token: steer },
    },
  }));
}

/** What may be done after a run: begin a new thread. Not where its words went to a named thread, nor where there is but one. */
export function endControls(voice: Voice, { prompts: [first] }: RunningPhase): OutboundControls {
  if (first?.target !== undefined || voice.state.scope.kind === 'task') return {};
  const label = textsIn(voice.rules.language).labelNew();
  return controls(voice, () => ({ actions: [{ label, token: tokenOf(voice, { type: 'command', name: 'new' }) }] }));
}

/** A row to pick, and the command that picking it gives. */
export interface Row {
  readonly label: string;
  readonly detail?: string;
  readonly name: string;
  readonly args: string;
}

/** Rows to pick from. Where many read along they are for whoever asked; admins may pick for them. */
export function rowsFor(voice: Voice, asker: ActorId | undefined, rows: readonly Row[]): OutboundControls {
  const bound = asker !== undefined && isShared(voice.state.scope) ? { by: asker } : {};
  const choices = () =>
    rows.map(({ name, args, ...shown }) => ({ ...shown, token: tokenOf(voice, { type: 'command', name, args }, bound) }));
  return controls(voice, () => ({ choices: choices() }));
}

function stoppable({ phase }: ScopeState): BoundRun | undefined {
  return phase.name === 'running' && phase.stopping === undefined ? phase : undefined;
}
