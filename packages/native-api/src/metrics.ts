import type { TokenCount } from '@threadbridge/contract';

/** Numbers about the API, in the text format of Prometheus. Labels are route templates and fixed words, never ids or texts. */
export interface Metrics {
  countRequest(request: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  noteFirstDelta(route: string, seconds: number): void;
  countTurn(outcome: string): void;
  countTokens(tokens: TokenCount): void;
  countContinuation(result: string): void;
  countDisconnect(): void;
  /** Coming back after it was gone counts as a restart. */
  setRuntimeUp(isUp: boolean): void;
  /** `now` are the values that are asked for, not counted. */
  text(now: { readonly activeTurns: number; readonly queued: number; readonly parked: number }): string;
}

const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

interface Histogram {
  readonly buckets: number[];
  sum: number;
  count: number;
}

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const turns = new Map<string, number>();
  const tokens = new Map<string, number>();
  const continuations = new Map<string, number>();
  const durations = new Map<string, Histogram>();
  const firstDeltas = new Map<string, Histogram>();
  let disconnects = 0;
  let restarts = 0;
  let runtime: 'unseen' | 'up' | 'down' = 'unseen';

  return {
    countRequest({ route, method, status, seconds }) {
      add(requests, labels({ route, method, status: String(status) }));
      observe(durations, labels({ route }), seconds);
    },
    noteFirstDelta: (route, seconds) => observe(firstDeltas, labels({ route }), seconds),
    countTurn: (outcome) => add(turns, labels({ outcome })),
    countTokens(counted) {
      add(tokens, labels({ kind: 'input' }), counted.input);
      add(tokens, labels({ kind: 'cached_input' }), counted.cachedInput);
      add(tokens, labels({ kind: 'output' }), counted.output);
      add(tokens, labels({ kind: 'reasoning' }), counted.reasoning);
    },
    countContinuation: (result) => add(continuations, labels({ result })),
    countDisconnect: () => void disconnects++,
    setRuntimeUp(isUp) {
      if (isUp && runtime === 'down') restarts++;
      if (isUp || runtime !== 'unseen') runtime = isUp ? 'up' : 'down';
    },
    text: ({ activeTurns, queued, parked }) =>
      [
        ...counter('native_api_requests_total', 'HTTP requests.', requests),
        ...histogram('native_api_request_duration_seconds', 'Time until the answer was complete.', durations),
        ...histogram('native_api_time_to_first_delta_seconds', 'Time until the first word of a stream.', firstDeltas),
        ...gauge('native_api_active_turns', 'Turns that run now.', activeTurns),
        ...gauge('native_api_queued_requests', 'Requests that wait for a turn.', queued),
        ...gauge('native_api_parked_turns', 'Turns that wait for the outputs of tools.', parked),
        ...counter('native_api_turns_total', 'Turns by how they ended.', turns),
        ...counter('native_api_tokens_total', 'Tokens as Codex counted them.', tokens),
        ...counter('native_api_continuations_total', 'Continuations by result.', continuations),
        ...counter('native_api_client_disconnects_total', 'Callers that left before the answer.', new Map([['', disconnects]])),
        ...gauge('native_api_runtime_up', 'Whether Codex could be used when it was last asked.', runtime === 'up' ? 1 : 0),
        ...counter('native_api_app_server_restarts_total', 'Times Codex came back after it was gone.', new Map([['', restarts]])),
        '',
      ].join('\n'),
  };
}

function labels(named: Readonly<Record<string, string>>): string {
  return Object.entries(named)
    .map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, '_')}"`)
    .join(',');
}

function add(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function observe(histograms: Map<string, Histogram>, key: string, seconds: number): void {
  const found = histograms.get(key) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 };
  histograms.set(key, found);
  for (const [index, bound] of bounds.entries()) if (seconds <= bound) found.buckets[index] = (found.buckets[index] ?? 0) + 1;
  found.sum += seconds;
  found.count++;
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function line(name: string, key: string, value: number): string {
  return key === '' ? `${name} ${value}` : `${name}{${key}} ${value}`;
}

function counter(name: string, help: string, counts: ReadonlyMap<string, number>): readonly string[] {
  return [...head(name, help, 'counter'), ...[...counts].map(([key, value]) => line(name, key, value))];
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [...head(name, help, 'gauge'), line(name, '', value)];
}

function histogram(name: string, help: string, histograms: ReadonlyMap<string, Histogram>): readonly string[] {
  const lines = [...histograms].flatMap(([key, { buckets, sum, count }]) => [
    ...bounds.map((bound, index) => line(`${name}_bucket`, `${key},le="${bound}"`, buckets[index] ?? 0)),
    line(`${name}_bucket`, `${key},le="+Inf"`, count),
    line(`${name}_sum`, key, sum),
    line(`${name}_count`, key, count),
  ]);
  return [...head(name, help, 'histogram'), ...lines];
}
