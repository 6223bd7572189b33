import { type Clock, isGatewayError, type JsonObject, type Logger, type RunnerHealth } from '@threadbridge/contract';
import { connectAppServer } from '../app-server/app-server.ts';
import { checkHealth } from '../app-server/check-health.ts';
import { maybe } from '../convert/seen.ts';
import { configFlags } from '../process/config-flags.ts';
import { spawnCodex } from '../process/spawn-codex.ts';
import { loadSdk } from './load-sdk.ts';

export interface SdkPlace {
  readonly bin: string;
  readonly env: Readonly<Record<string, string>>;
  readonly apiKey: string | undefined;
  readonly config: JsonObject;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What works and what does not: an app-server of the same program, home and configuration is asked, since the SDK tells nothing. Never throws. */
export async function checkSdk(findPlace: () => SdkPlace): Promise<RunnerHealth> {
  let health: RunnerHealth;
  let hasKey = false;
  try {
    await loadSdk();
    const place = findPlace();
    const { clock, logger, bin, env } = place;
    hasKey = place.apiKey !== undefined || env.CODEX_API_KEY !== undefined;
    const server = await connectAppServer({
      transport: spawnCodex({ bin, args: ['app-server', ...configFlags(place.config)], env, clock, logger }),
      clientInfo: { name: 'threadbridge', title: null, version: '0.0.0' },
      clock,
      logger,
      requestTimeoutMs: 60_000,
    });
    try {
      health = await checkHealth(async () => server);
    } finally {
      await server.close('It was started to look at its health.');
    }
  } catch (error) {
    const problem = isGatewayError(error)
      ? { code: error.code, message: error.message, ...maybe('remedy', error.remedy) }
      : { code: 'runner.lost', message: error instanceof Error ? error.message : String(error) };
    return { isUsable: false, name: 'codex-sdk', login: 'unknown', sandbox: 'unknown', problems: [problem] };
  }
  if (!hasKey || health.login !== 'missing') return { ...health, name: 'codex-sdk' };
  // App-server takes no key from its environment; `codex exec` does.
  const problems = health.problems.filter(({ code }) => code !== 'runner.unauthorized');
  return { ...health, name: 'codex-sdk', login: 'ok', isUsable: true, problems };
}
