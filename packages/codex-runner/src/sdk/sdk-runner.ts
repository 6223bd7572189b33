import { type Clock, type JsonObject, type Logger, type Runner, silentLogger, systemClock } from '@threadbridge/contract';
import { lost } from '../errors.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { findNativeBinary } from '../process/native-binary.ts';
import { createThreadLine } from '../run/thread-line.ts';
import { checkSdk } from './check-sdk.ts';
import { createSdkRun } from './sdk-run.ts';
import { createSdkTurn, type SdkTurn } from './sdk-turn.ts';

/** All have a default. */
export interface SdkRunnerOptions {
  /** A native Codex program, not npm's launcher. Default: the one of the `@openai/codex` this package depends on, whatever the SDK depends on. */
  readonly bin?: string;
  /** The Codex home: login, configuration, threads. Must exist. Default: `CODEX_HOME` of the environment, else `~/.codex`. */
  readonly codexHome?: string;
  /** All that Codex sees of an environment. Default: what `childEnvironment` passes of `process.env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** A key for OpenAI's API, given to Codex as `CODEX_API_KEY`. Default: the login of the Codex home. */
  readonly apiKey?: string;
  /** Codex configuration, over `config.toml`. Like that of each run it travels on the command line, which other users can read: no secrets. */
  readonly config?: JsonObject;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /**
   * A turn in which nothing comes from Codex for so long fails as `unreachable`. A running command does not count, and "Reconnecting…" is
   * no sign of life. The SDK tells a message only when it is whole. Default 600,000.
   */
  readonly turnDeadlineMs?: number;
}

/**
 * Drives Codex through `@openai/codex-sdk`, an optional peer that is loaded with the first use: one process for each turn. It has no
 * capabilities: nothing is asked (what would need asking is refused to the model), there are no deltas, no steering, no history. The id of
 * a new thread becomes known only when its first turn runs.
 */
export function createSdkRunner(options: SdkRunnerOptions = {}): Runner {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const live = new Set<SdkTurn>();
  const line = createThreadLine();
  let isClosed = false;

  const place = () => {
    if (isClosed) throw lost('The runner is closed.', true);
    const env = options.env ?? childEnvironment(process.env);
    return {
      bin: options.bin ?? findNativeBinary(),
      env: options.codexHome === undefined ? env : { ...env, CODEX_HOME: options.codexHome },
      config: options.config ?? {},
      apiKey: options.apiKey,
      clock,
      logger,
    };
  };
  const endWithParent = () => {
    for (const turn of live) turn.abandon();
  };
  const keep = (turn: SdkTurn) => {
    if (live.size === 0) process.once('exit', endWithParent);
    live.add(turn);
    void turn.ended.then(() => {
      live.delete(turn);
      if (live.size === 0) process.off('exit', endWithParent);
    });
  };

  return {
    capabilities: {},
    start: (input, own) =>
      createSdkRun(
        {
          line,
          createTurn(of) {
            const turn = createSdkTurn({ ...place(), input: of, turnDeadlineMs: options.turnDeadlineMs ?? 600_000 });
            return {
              ...turn,
              begin() {
                keep(turn);
                turn.begin();
              },
            };
          },
        },
        input,
        own?.signal,
      ),
    check: () => checkSdk(place),
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all(Array.from(live, (turn) => turn.close()));
    },
  };
}
