import type { Runner } from '@threadbridge/contract';
import { limitRuns } from '@threadbridge/core';
import { type CodexContext, openCodex } from './codex.ts';
import { type CodexServer, codexServer, type DefaultTransport, endServer } from './codex-server.ts';
import { type MeasureOptions, measureRunner } from './observe/measure-runner.ts';
import type { Changes } from './view/changes.ts';
import { type WatchedRuns, watchRuns } from './view/watch-runs.ts';

export interface AgentOptions extends Omit<CodexContext, 'server'>, MeasureOptions {
  readonly createRunner?: ((context: CodexContext) => Promise<Runner>) | undefined;
  readonly transport: DefaultTransport;
  readonly changes: Changes;
  /** Asked at the stop: whether turns are to go on. */
  readonly leavesRuns: () => boolean;
}

/** Codex, as a gateway holds it. Disposing of it ends a server of ours, unless turns are to go on in it. */
export interface Agent extends AsyncDisposable {
  readonly codex: Runner;
  /** The same with the profile's limit on concurrent runs, measured and watched. */
  readonly runs: WatchedRuns;
  /** Absent: Codex is a child of this process. */
  readonly server: CodexServer | undefined;
  /** Whether turns go on after this stop. */
  readonly leavesRuns: () => boolean;
}

/** Rejects as `openCodex` does. */
export async function openAgent(options: AgentOptions): Promise<Agent> {
  const { profile, metrics, clock, tracer, changes, createRunner = openCodex } = options;
  const server = codexServer(profile, options.transport);
  const leavesRuns = () => server !== undefined && options.leavesRuns();
  const endUnlessLeft = async () => {
    if (!leavesRuns()) await endServer(server);
  };
  const { home, environment, secrets, logger } = options;
  const opening = createRunner({ ...{ profile, home, environment, secrets, clock, logger }, ...(server && { server }) });
  const codex = await opening.catch(async (error: unknown) => {
    await endUnlessLeft();
    throw error;
  });
  const { maxConcurrent: slots, maxWaiting } = profile.settings.runs;
  const limited = measureRunner(limitRuns(codex, { slots, maxWaiting }), { metrics, clock, ...(tracer && { tracer }) });
  return {
    ...{ codex, server, leavesRuns },
    runs: watchRuns(limited, changes),
    async [Symbol.asyncDispose]() {
      try {
        await codex[Symbol.asyncDispose]();
      } finally {
        await endUnlessLeft();
      }
    },
  };
}
