/** Something Codex does that is in no schema. */
export interface Behaviour {
  /** The key in a summary. */
  readonly name: string;
  /** What is looked at, in words. */
  readonly title: string;
  /** What this package counts on; absent where it gets along with either. */
  readonly needs?: string;
  /** What does not work without. */
  readonly otherwise?: string;
}

/** What changed between versions without any change of the schema, and what this package builds on. Observed by `pnpm codex:compat`. */
export const behaviours: readonly Behaviour[] = [
  {
    name: 'environmentPolicy',
    title: 'A command sees of the environment',
    needs: 'what the policy lets through',
    otherwise: 'Commands see every variable of Codex, keys included.',
  },
  {
    name: 'denyRead',
    title: 'A path that reading is denied to',
    needs: 'cannot be read',
    otherwise: '`denyRead` does not hide files.',
  },
  {
    name: 'secondWriter',
    title: 'A second process that loads a held thread',
    needs: 'is refused',
    otherwise: 'Two programs write to one thread at the same time.',
  },
  {
    name: 'sigterm',
    title: 'TERM to app-server in the middle of a command',
    needs: 'ends the command',
    otherwise: 'Commands live on after the runner was closed.',
  },
  {
    name: 'interrupt',
    title: 'Interrupt and clean in the middle of a command',
    needs: 'end the command',
    otherwise: 'Commands live on after a turn was stopped.',
  },
  {
    name: 'untrusted',
    title: 'A plain `ls` under the policy untrusted',
    needs: 'asks',
    otherwise: 'Reading commands run unasked under `untrusted`.',
  },
  {
    name: 'firstOutput',
    title: 'The first words of a slow command',
    needs: 'are in its output',
    otherwise: 'The output of commands lacks its beginning.',
  },
  {
    name: 'busyThread',
    title: 'A turn asked for on a busy thread',
    needs: 'steers',
    otherwise: 'Turns of other programs get lost.',
  },
  { name: 'steer', title: 'A steer while the model speaks' },
  { name: 'coldResume', title: 'A thread loaded anew without a word about it keeps' },
  { name: 'unreachable', title: 'A model server that is not there' },
  { name: 'untrustedConfig', title: 'approval_policy = "untrusted" in the configuration' },
  { name: 'retryAfter', title: 'A 429 with retry-after' },
  { name: 'untrustedContext', title: 'additionalContext marked untrusted reaches the model as' },
  { name: 'turnSummary', title: 'The items of turn/completed' },
];
