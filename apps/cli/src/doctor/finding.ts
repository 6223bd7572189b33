/** What doctor found out about one thing. `warn`: it works, with a limit. */
export interface Finding {
  readonly name: 'node' | 'rules' | 'config' | 'workspace' | 'store' | 'codex' | 'login' | 'sandbox' | 'features' | 'channel';
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}
