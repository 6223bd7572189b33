import { loadConfig, openGateway, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';
import { createDirectoryPlatform, writer } from '../world/directory-platform.ts';

/** A gateway of its own process, to be killed. Argument: what to open, as JSON. */
const given = JSON.parse(process.argv[2] ?? '{}') as {
  readonly home: string;
  readonly directory: string;
  readonly transport: 'stdio' | 'socket';
  readonly settings: ProfileOverrides;
  readonly environment: Record<string, string>;
};
const { home, directory, transport, settings, environment } = given;
const loaded = await loadConfig({ environment, flags: { home, settings } });
const gateway = await openGateway({
  profile: resolveProfile(loaded),
  environment,
  transport,
  extraChannels: [{ channel: createDirectoryPlatform(directory).connect(), owner: writer.id }],
});
process.once('SIGTERM', () => void gateway.stop());
process.once('SIGUSR2', () => void gateway.stop({ runs: 'leave' }));
process.stdout.write('ready\n');
await gateway.stopped;
