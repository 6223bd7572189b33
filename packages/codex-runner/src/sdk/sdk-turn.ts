import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  asId,
  type Clock,
  isGatewayError,
  type JsonObject,
  type Logger,
  type RunEvent,
  type RunInput,
  type ThreadId,
  type TurnId,
} from '@threadbridge/contract';
import { maybe } from '../convert/seen.ts';
import { toTerminalEvent } from '../convert/to-terminal-event.ts';
import { lost } from '../errors.ts';
import { sweepOrphans } from '../process/sweep-orphans.ts';
import { deferred, settlesWithin } from '../rpc/deferred.ts';
import { createEventBuffer } from '../run/event-buffer.ts';
import { type StallWatch, watchForStall } from '../run/stall-watch.ts';
import { toImageFiles } from './image-files.ts';
import { loadSdk } from './load-sdk.ts';
import { withOwnChild } from './own-child.ts';
import { createSdkLog } from './sdk-log.ts';
import { toSdkError } from './to-sdk-failure.ts';
import { toSdkRequest } from './to-sdk-request.ts';

export interface SdkTurnOptions {
  readonly input: RunInput;
  readonly bin: string;
  readonly env: Readonly<Record<string, string>>;
  readonly apiKey?: string | undefined;
  readonly config: JsonObject;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly turnDeadlineMs: number;
}

/** One turn, which is one `codex exec`. Once begun it goes on whether or not its events are read. */
export interface SdkTurn {
  begin(): void;
  /** Resolves with the thread once Codex told it, or with undefined when the turn is over before. */
  readonly thread: Promise<ThreadId | undefined>;
  /** From `turn.started` to the terminal event; throws a `runner.` error. One reader. */
  readonly events: AsyncIterable<RunEvent>;
  /** Resolves when the process is gone, and its commands with it. */
  interrupt(): Promise<void>;
  /** The same for a runner that closes: what was not over is lost. */
  close(): Promise<void>;
  /** Resolves when it is over, however that came. */
  readonly ended: Promise<void>;
  /** The last thing this process does. */
  abandon(): void;
}

/** Time for the last words of a process that is gone: another one may hold its pipe, and the SDK reads until that is closed. */
const lastWordsMs = 1_000;
/** Time for `codex exec` to end after TERM, before it is killed; some 10 ms are usual. */
const endingMs = 5_000;

export function createSdkTurn(options: SdkTurnOptions): SdkTurn {
  const { input, clock, logger } = options;
  const buffer = createEventBuffer<RunEvent>();
  const turn = asId<TurnId>(`sdk-${randomUUID()}`);
  const log = createSdkLog(turn);
  const thread = deferred<ThreadId | undefined>();
  const over = deferred<void>();
  const stop = new AbortController();
  let child: ChildProcess | undefined;
  let isInterrupted = false;
  let silentForMs: number | undefined;
  let watch: StallWatch | undefined;

  const follow = async () => {
    const { Codex } = await loadSdk();
    await using images = await toImageFiles(input.images ?? []);
    const { configOverrides, threadOptions } = toSdkRequest(input, options.config);
    const codex = new Codex({
      codexPathOverride: options.bin,
      env: { ...options.env },
      configOverrides,
      ...maybe('apiKey', options.apiKey),
    });
    const on = input.thread === undefined ? codex.startThread(threadOptions) : codex.resumeThread(input.thread, threadOptions);
    const said = [
      { type: 'text' as const, text: input.prompt },
      ...images.paths.map((path) => ({ type: 'local_image' as const, path })),
    ];
    const { events } = await on.runStreamed(said, { signal: stop.signal, ...maybe('outputSchema', input.outputSchema) });
    try {
      for await (const event of events) take(event);
    } finally {
      // The thread is free for others only when the process is gone.
      if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      sweepOrphans(options.bin);
    }
  };

  const take = (event: { readonly type: string }) => {
    if (event.type !== 'error') watch?.note();
    for (const told of log.take(event)) buffer.push(told);
    const known = log.thread();
    if (known === undefined) return;
    if (input.thread !== undefined && known !== input.thread) {
      // It was taken for a name, or something else went by the wrong thread.
      stop.abort();
      throw lost(`Codex went to the thread ${known} instead of ${input.thread}.`, false);
    }
    thread.resolve(asId(known));
  };

  const settle = (error: unknown) => {
    watch?.stop();
    const end = log.end();
    const interrupted: RunEvent = { type: 'turn.interrupted', text: log.text(), ...(log.hasBegun && { turn }) };
    // The process ends with an error after each failed turn.
    if (end !== undefined) buffer.push(end);
    else if (silentForMs !== undefined)
      buffer.push(toTerminalEvent({ status: 'interrupted' }, { turn, text: log.text(), silentForMs }));
    else if (isInterrupted) buffer.push(interrupted);
    else if (stop.signal.aborted && !isGatewayError(error))
      buffer.fail(lost('The runner was closed in the middle of a turn.', false));
    else if (isGatewayError(error)) buffer.fail(error);
    else if (error !== undefined) buffer.fail(toSdkError(error, log.hasBegun));
    else buffer.fail(lost('Codex ended without a word about its turn.', false));
    buffer.end();
    thread.resolve(undefined);
    over.resolve();
  };

  const end = async () => {
    stop.abort();
    if (await settlesWithin(clock, over.promise, endingMs)) return;
    logger.warn({ pid: child?.pid }, 'codex exec did not end when told to, and is killed');
    child?.kill('SIGKILL');
    await over.promise;
  };
  let ending: Promise<void> | undefined;

  return {
    begin() {
      withOwnChild(
        (started) => {
          child = started;
          started.once('exit', async () => {
            if (await settlesWithin(clock, over.promise, lastWordsMs)) return;
            // A stream that is only destroyed does not end for those who read its lines.
            started.stdout?.once('end', () => started.stdout?.destroy()).push(null);
          });
          logger.info({ pid: started.pid }, 'codex exec is up');
        },
        () =>
          void follow().then(
            () => settle(undefined),
            (error: unknown) => settle(error),
          ),
      );
      watch = watchForStall({
        clock,
        deadlineMs: options.turnDeadlineMs,
        isExcused: log.isWorking,
        onStall() {
          silentForMs = options.turnDeadlineMs;
          ending ??= end();
        },
      });
    },
    thread: thread.promise,
    events: buffer.read(),
    interrupt() {
      isInterrupted = true;
      ending ??= end();
      return ending;
    },
    close() {
      ending ??= end();
      return ending;
    },
    ended: over.promise,
    abandon: () => stop.abort(),
  };
}
