import { appendFileSync } from 'node:fs';
import type { Runner } from '@threadbridge/contract';
import { createScriptedAgent } from '@threadbridge/contract/testing';
import { loadConfig, openGateway, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';

/** A gateway of its own process, to be killed, on the real Codex or with an agent that writes down what it is asked. Argument: what to open, as JSON. */
const given = JSON.parse(process.argv[2] ?? '{}') as {
  readonly home: string;
  /** One line of JSON for each turn that began, of an agent that is played. Without it: the real Codex. */
  readonly turns?: string;
  readonly settings: ProfileOverrides;
  readonly environment: Record<string, string>;
};
const { home, turns, settings, environment } = given;
const loaded = await loadConfig({ environment, flags: { home, settings } });

async function openScripted(path: string): Promise<Runner> {
  const agent = createScriptedAgent(({ prompt }) => {
    appendFileSync(path, `${JSON.stringify(prompt)}\n`);
    return [{ say: `You said: ${prompt}` }];
  });
  return agent.runner();
}

const gateway = await openGateway({
  profile: resolveProfile(loaded),
  environment,
  services: [],
  ...(turns !== undefined && { createRunner: () => openScripted(turns) }),
});
process.once('SIGTERM', () => void gateway.stop());
process.stdout.write('ready\n');
await gateway.stopped;
