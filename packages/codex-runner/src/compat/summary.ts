/** The protocol of one Codex version, as far as this package uses it, and how that version was seen to behave. */
export interface ProtocolSummary {
  readonly version: string;
  /** Names of everything there is, used or not, experimental ones included. */
  readonly methods: MethodNames;
  /** The names this package uses. */
  readonly uses: MethodNames;
  /** What those names lead to, as far as this package names it. */
  readonly types: Readonly<Record<string, TypeSummary>>;
  /** Those of them that go to app-server. */
  readonly sent: readonly string[];
  /** What was observed, by name; see `behaviours`. */
  readonly behaviour: Readonly<Record<string, string>>;
}

/** Names of one direction each. */
export interface MethodNames {
  readonly clientRequests: readonly string[];
  readonly serverRequests: readonly string[];
  readonly notifications: readonly string[];
}

/** One type; a union may have all three members. */
export interface TypeSummary {
  /** Written like TypeScript; a leading `?` marks what may be left out. */
  readonly fields?: Fields;
  /** Bare words of an enumeration. */
  readonly values?: readonly string[];
  /** Members of a union, by the word that tells them apart. */
  readonly variants?: Readonly<Record<string, Fields>>;
  /** Whatever else it is. */
  readonly is?: string;
}

export type Fields = Readonly<Record<string, string>>;
