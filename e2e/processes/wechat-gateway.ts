import { appendFileSync } from 'node:fs';
import { createScriptedAgent } from '@threadbridge/contract/testing';
import { loadConfig, openGateway, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';

/** A gateway of its own process, to be killed, with an agent that writes down what it is asked. Argument: what to open, as JSON. */
const given = JSON.parse(process.argv[2] ?? '{}') as {
  readonly home: string;
  /** One line of JSON for each turn that began. */
  readonly turns: string;
  readonly settings: ProfileOverrides;
  readonly environment: Record<string, string>;
};
const { home, turns, settings, environment } = given;
const loaded = await loadConfig({ environment, flags: { home, settings } });
const agent = createScriptedAgent(({ prompt }) => {
  appendFileSync(turns, `${JSON.stringify(prompt)}\n`);
  return [{ say: `You said: ${prompt}` }];
});
const gateway = await openGateway({
  profile: resolveProfile(loaded),
  environment,
  services: [],
  createRunner: async () => agent.runner(),
});
process.once('SIGTERM', () => void gateway.stop());
process.stdout.write('ready\n');
await gateway.stopped;
