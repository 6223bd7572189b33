import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the gateway counts. Labels come from short fixed lists; nothing here names a person or holds their words. */
export interface Metrics {
  readonly runs: Counter<'status'>;
  readonly failures: Counter<'phase' | 'code'>;
  readonly tokens: Counter<'kind'>;
  readonly queueWait: Histogram;
  readonly duration: Histogram<'status'>;
  readonly active: Gauge;
  readonly connections: Counter<'channel' | 'state'>;
  readonly decisions: Counter<'kind' | 'outcome'>;
  /** The Prometheus text format. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

const seconds = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200];

/** Counters of one gateway, in a registry of their own. */
export function createMetrics(): Metrics {
  const register = new Registry();
  // The event loop is looked at ten times a second; the usual hundred cost an idle gateway most of its processor time.
  collectDefaultMetrics({ register, prefix: 'threadbridge_', eventLoopMonitoringPrecision: 100 });
  const registers = [register];
  const name = (text: string) => `threadbridge_${text}`;
  return {
    runs: new Counter({
      name: name('runs_total'),
      help: 'Runs that ended, by how.',
      labelNames: ['status'],
      registers,
    }),
    failures: new Counter({
      name: name('failures_total'),
      help: 'What failed, by phase (start, turn, delivery, channel) and error code.',
      labelNames: ['phase', 'code'],
      registers,
    }),
    tokens: new Counter({ name: name('tokens_total'), help: 'Tokens used by runs.', labelNames: ['kind'], registers }),
    queueWait: new Histogram({
      name: name('queue_wait_seconds'),
      help: 'From asking for a run to the start of its turn.',
      buckets: seconds,
      registers,
    }),
    duration: new Histogram({
      name: name('run_duration_seconds'),
      help: 'From the start of a turn to its end.',
      labelNames: ['status'],
      buckets: seconds,
      registers,
    }),
    active: new Gauge({ name: name('runs_active'), help: 'Runs in hand.', registers }),
    connections: new Counter({
      name: name('channel_states_total'),
      help: 'How often a channel came into a state; `connected` beyond the first are reconnects.',
      labelNames: ['channel', 'state'],
      registers,
    }),
    decisions: new Counter({
      name: name('decisions_total'),
      help: 'Lines of the audit log, by kind and outcome; refused callbacks are among them.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    async render() {
      return { contentType: register.contentType, text: await register.metrics() };
    },
  };
}
