/** What Threadbridge promises in numbers. A report has every one of these lines, measured or not. */
export const lines = {
  'turn start': 'Inbound message durable → `turn/start` written (quiet window excluded, thread loaded), 50 busy scopes',
  'live view': 'Codex delta → channel call issued: within one throttle tick; no delta lost, order kept',
  'native api': 'Native API, warm non-stream answer: a raw app-server turn on the same machine + 20 ms',
  'warm turn': 'A turn on the warm shared app-server against one `codex exec` per turn, to the first delta',
  steps: 'Durable engine steps per second (SQLite) against bare better-sqlite3 writing the same rows',
  'long life': '10,000 scopes and 1,000,000 stored messages: p99 of a step against that of an empty store',
  restart: 'Restart with 10,000 open effects: the first effect resumed',
  memory: 'Gateway memory, both channels idle, Codex excluded; no growth over a soak',
  kills: 'Random kill -9 during scripted conversations, real Codex, both channels',
  'fresh clone': 'Fresh clone to the first answer in `demo`, package downloads included',
} as const;

export type Line = keyof typeof lines;
