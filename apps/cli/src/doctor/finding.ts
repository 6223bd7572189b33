/** What doctor found out about one thing. `warn`: it works, with a limit. */
export interface Finding {
  readonly name:
    | 'node'
    | 'config'
    | 'homes'
    | 'disk'
    | 'workspace'
    | 'store'
    | 'audit'
    | 'clock'
    | 'ports'
    | 'service'
    | 'codex'
    | 'login'
    | 'sandbox'
    | 'rules'
    | 'features'
    | 'channel';
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}
