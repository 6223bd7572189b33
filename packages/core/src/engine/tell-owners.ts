import { type Channel, explain, type GatewayError, type InputId } from '@threadbridge/contract';
import type { Input } from '../decide/input.ts';
import type { Engine } from './engine.ts';

/** Lets the owners know, on the other channels, that this one needs a person. */
export async function tellOwners(channel: Channel, error: GatewayError, engine: Engine): Promise<void> {
  const at = engine.clock.now();
  const homes = [...engine.rules().facts.homes.values()].filter(({ name }) => name !== channel.id && engine.channels.has(name));
  const inputs = homes.map(
    ({ scope }): Input => ({
      ...{ type: 'channel.failed', id: `${channel.id}/failed/${at}/${scope.id}` as InputId, scope, at },
      ...{ channel: channel.id, code: error.code, reason: explain(error) },
    }),
  );
  if (inputs.length > 0) await engine.accept(inputs);
}
