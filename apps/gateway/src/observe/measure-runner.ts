import {
  type Clock,
  isGatewayError,
  isTerminal,
  type RunEvent,
  type RunHandle,
  type Runner,
  type TokenCount,
} from '@threadbridge/contract';
import type { Metrics } from './metrics.ts';
import type { Span, Tracer } from './tracer.ts';

export interface MeasureOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly tracer?: Tracer;
}

/** A runner that counts what goes through it, and leaves a span for each run. Put outside of a limit, so that waiting for a place counts. */
export function measureRunner(runner: Runner, options: MeasureOptions): Runner {
  const { attach } = runner.capabilities;
  return {
    start: (input, own) => {
      const attributes = { sandbox: input.sandbox, network: input.network === true, isNew: input.thread === undefined };
      return measureRun(runner.start(input, own), attributes, options);
    },
    check: () => runner.check(),
    capabilities: {
      ...runner.capabilities,
      ...(attach && { attach: (thread, turn) => measureRun(attach(thread, turn), { isAttached: true }, options) }),
    },
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}

function measureRun(handle: RunHandle, attributes: Record<string, string | boolean>, options: MeasureOptions): RunHandle {
  const { metrics, clock, tracer } = options;

  async function* events(): AsyncGenerator<RunEvent> {
    const askedAt = clock.now();
    const span = tracer?.startSpan('threadbridge.run', { attributes, startTime: askedAt });
    let startedAt: number | undefined;
    const tokens = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };
    metrics.active.inc();
    const end = (status: string) => {
      const now = clock.now();
      metrics.runs.inc({ status });
      if (startedAt !== undefined) metrics.duration.observe({ status }, (now - startedAt) / 1000);
      for (const [kind, count] of Object.entries(tokens)) metrics.tokens.inc({ kind }, count);
      closeSpan(span, status, tokens, now);
    };
    try {
      for await (const event of handle.events) {
        if (event.type === 'turn.started' && startedAt === undefined) {
          startedAt = clock.now();
          metrics.queueWait.observe((startedAt - askedAt) / 1000);
        }
        if (event.type === 'usage.updated') add(tokens, event.usage.last ?? event.usage.total);
        if (event.type === 'turn.failed') metrics.failures.inc({ phase: 'turn', code: event.error.kind });
        if (isTerminal(event)) end(event.type.slice('turn.'.length));
        yield event;
      }
    } catch (error) {
      const phase = isGatewayError(error) && error.certain ? 'start' : 'turn';
      metrics.failures.inc({ phase, code: isGatewayError(error) ? error.code : 'other' });
      end('lost');
      throw error;
    } finally {
      metrics.active.dec();
    }
  }

  return {
    events: events(),
    steer: (text) => handle.steer(text),
    interrupt: () => handle.interrupt(),
    answer: (approval, answer) => handle.answer(approval, answer),
  };
}

function add(sum: { -readonly [Kind in keyof TokenCount]: number }, more: TokenCount): void {
  sum.input += more.input;
  sum.cachedInput += more.cachedInput;
  sum.output += more.output;
  sum.reasoning += more.reasoning;
}

function closeSpan(span: Span | undefined, status: string, tokens: TokenCount, now: number): void {
  span?.setAttributes({ status, inputTokens: tokens.input, outputTokens: tokens.output });
  span?.setStatus({ code: status === 'completed' ? 1 : 2 });
  span?.end(now);
}
