import type { ActorId, OutboundControls } from '@threadbridge/contract';
import type { Action } from '../policy/action.ts';
import { type BoundRun, mintToken } from '../policy/action-token.ts';
import { textsIn } from '../texts/texts.ts';
import type { Voice } from './decision.ts';
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

function stoppable({ phase }: ScopeState): BoundRun | undefined {
  return phase.name === 'running' && phase.stopping === undefined ? phase : undefined;
}
