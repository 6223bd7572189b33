/** What a service runs. All paths are absolute. */
export interface ServiceTarget {
  readonly profile: string;
  /** The Node that runs it, and the command line's program. */
  readonly node: string;
  readonly main: string;
  /** `$THREADBRIDGE_HOME`. */
  readonly home: string;
  /** A configuration file beside the usual one. */
  readonly config?: string;
  /** The person's home directory. */
  readonly userHome: string;
  /** Where programs are found: Codex and its commands need it. */
  readonly path: string;
  readonly uid?: number;
}

/** In MiB. Left alone, V8 lets the part for what is young grow with the machine's memory, and hardly gives back what was used once. */
const nodeFlags = ['--max-semi-space-size=4'];

/** The program with its arguments, without `--json`: a service's words go to the log. */
export function commandOf({ node, main, profile, config }: ServiceTarget): readonly string[] {
  const start = ['start', '--no-terminal', '--profile', profile];
  return [node, ...nodeFlags, main, ...start, ...(config === undefined ? [] : ['--config', config])];
}
