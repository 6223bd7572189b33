import { loadConfig, type NativeApiReady, resolveProfile, runNativeApi } from '@threadbridge/gateway';
import type { ServeApiOptions } from '../commands/native-api.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Serves the native API of a profile until it is told to stop. Answers with the exit code. */
export async function serveApi(options: ServeApiOptions, io: Io): Promise<number> {
  const { environment, flags } = toLoadOptions(options, io);
  const { host, port } = options;
  const nativeApi = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
  const profile = resolveProfile(await loadConfig({ environment, flags: { ...flags, settings: { nativeApi } } }));
  using stopping = stopOnSignals();
  const onReady = ({ baseUrl, isTokenMade }: NativeApiReady) => {
    if (options.json) writeLine(io.stdout, JSON.stringify({ event: 'ready', baseUrl }));
    else writeLine(io.stdout, isTokenMade ? io.texts.inspect.apiToken(baseUrl) : baseUrl);
  };
  const log = options.debug ? { log: { level: 'debug', stderr: 'debug' } as const } : {};
  await runNativeApi({ profile, environment: io.environment, onReady, ...log }, stopping.signal);
  return stopping.isInterrupted ? exitCode.interrupted : exitCode.done;
}
