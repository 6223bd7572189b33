import { appendFileSync } from 'node:fs';
import type { Runner } from '@threadbridge/contract';
import { createScriptedAgent } from '@threadbridge/contract/testing';
import { loadConfig, openGateway, resolveProfile } from '@threadbridge/gateway';
import { createDirectoryPlatform, writer } from '../world/directory-platform.ts';
import type { GivenGateway } from '../world/gateway-child.ts';

/** A gateway of its own process, to be killed. Argument: what to open, as JSON. */
const given = JSON.parse(process.argv[2] ?? '{}') as GivenGateway;
const { home, directory, turns, transport = 'stdio', settings, environment } = given;
const loaded = await loadConfig({ environment, flags: { home, settings } });

async function openScripted(path: string): Promise<Runner> {
  const agent = createScriptedAgent(({ prompt }) => {
    appendFileSync(path, `${JSON.stringify(prompt)}\n`);
    return [{ say: `You said: ${prompt}` }];
  });
  return agent.runner();
}

const gateway = await openGateway({
  ...{ profile: resolveProfile(loaded), environment, transport },
  ...(directory !== undefined && {
    extraChannels: [{ channel: createDirectoryPlatform(directory).connect(), owner: writer.id }],
  }),
  ...(turns !== undefined && { createRunner: () => openScripted(turns) }),
});
process.once('SIGTERM', () => void gateway.stop());
process.once('SIGUSR2', () => void gateway.stop({ runs: 'leave' }));
process.stdout.write('ready\n');
await gateway.stopped;
