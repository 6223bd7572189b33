import type { Visit } from './visit.ts';

/** One thing that a new user does. */
export interface Step {
  readonly name: string;
  /** Then everything that the step started ends, and the trial has failed. */
  readonly timeoutMs: number;
  /** Throws what a person would complain of. The answer is a line of the report: what was seen. */
  readonly try: (visit: Visit) => Promise<string>;
}
