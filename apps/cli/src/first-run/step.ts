import type { Guide } from './guide.ts';
import type { Setup } from './setup.ts';

/** How a step stands, read from what is there: configuration, secrets, Codex. */
export type StepState =
  /** `text` says what is there; absent where there is nothing to say. */
  | { readonly isDone: true; readonly text?: string; readonly warning?: string }
  | { readonly isDone: false; readonly text: string; readonly remedy: string };

/** A step of the first run. Throws a `GatewayError` where it fails; the person then chooses how to go on. */
export interface FirstRunStep {
  readonly name: string;
  look(setup: Setup): Promise<StepState>;
  /** Whether a start may take it for done without looking, since that starts a program. Absent: looking costs nothing. */
  glance?(setup: Setup): Promise<boolean>;
  /** Leads the person through it. `skipped`: they want to go on without. What became of it is looked at. */
  lead(setup: Setup, guide: Guide): Promise<'led' | 'skipped'>;
  /** Takes back the choice that led here, so that the step before asks again. Absent: there was none. */
  undo?(setup: Setup): Promise<void>;
}
