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

/** The program with its arguments, without `--json`: a service's words go to the log. */
export function commandOf({ node, main, profile, config }: ServiceTarget): readonly string[] {
  return [node, main, 'start', '--no-terminal', '--profile', profile, ...(config === undefined ? [] : ['--config', config])];
}
