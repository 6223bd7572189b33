import { once } from 'node:events';
import { createServer } from 'node:net';
import type { LiveState, ResolvedProfile, RunningProcess } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';
import { whoListens } from './who-listens.ts';

interface Wanted {
  /** As people call it. */
  readonly what: string;
  readonly setting: 'nativeApi.port' | 'console.port';
  readonly host: string;
  readonly port: number;
  /** Where the running gateway serves it. */
  readonly served: string | undefined;
}

/** Whether the ports that the profile wants are free, or served by its own gateway; else who has them. */
export async function examinePorts(
  profile: ResolvedProfile,
  live: LiveState | undefined,
  processes: readonly RunningProcess[],
  { doctor }: Texts,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { what, setting, host, port, served } of wantedPorts(profile, live)) {
    const at = `${host}:${port}`;
    const tell = (state: Finding['state'], text: string, remedy?: string) =>
      findings.push({ name: 'ports', state, text, ...(remedy !== undefined && { remedy }) });
    if (live !== undefined && served !== undefined)
      tell('ok', doctor.portOurs({ what, at: new URL(served).host, pid: live.pid }));
    else if (port === 0) tell('ok', doctor.portAny(what));
    else {
      const refusal = await tryPort(host, port);
      // A gateway starts without what a default would merely switch on.
      const trouble = profile.origin(setting.split('.')).type === 'default' ? 'warn' : 'fail';
      if (refusal === undefined) tell('ok', doctor.portFree({ what, at }));
      else if (refusal !== 'EADDRINUSE')
        tell(trouble, doctor.portForbidden({ what, at, reason: refusal }), doctor.portRemedy(setting));
      else {
        const by = name(await whoListens(port));
        tell(trouble, doctor.portTaken({ what, at, by }), doctor.portRemedy(setting));
      }
    }
  }
  return findings;

  function name(holder: Awaited<ReturnType<typeof whoListens>>): string {
    if (holder === undefined) return doctor.byUnknown;
    const ours = processes.find(({ pid }) => pid === holder.pid);
    return ours === undefined ? doctor.byProcess(holder) : doctor.byGateway(ours);
  }
}

function wantedPorts(
  { settings }: ResolvedProfile,
  live: { readonly nativeApi?: string; readonly console?: string } | undefined,
): readonly Wanted[] {
  const { nativeApi, console: page, taskApi, health } = settings;
  const onPage = [page.enabled && 'console', taskApi.enabled && 'task API', health.enabled && 'health'].filter(
    (name) => name !== false,
  );
  return [
    ...(nativeApi.enabled
      ? [
          {
            what: 'native API',
            setting: 'nativeApi.port',
            host: nativeApi.host,
            port: nativeApi.port,
            served: live?.nativeApi,
          } as const,
        ]
      : []),
    ...(onPage.length > 0
      ? [{ what: onPage.join(', '), setting: 'console.port', host: '127.0.0.1', port: page.port, served: live?.console } as const]
      : []),
  ];
}

/** Listens for a moment. Answers with the system's reason where that is refused. */
async function tryPort(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  server.close();
  await once(server, 'close');
  return undefined;
}
