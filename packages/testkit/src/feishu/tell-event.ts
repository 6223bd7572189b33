import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../model/json.ts';
import type { Delivery, PushOptions } from './long-connections.ts';
import type { World } from './world.ts';

/** Tells the app of something that happened, over one of its connections. */
export function tellEvent(world: World, type: string, event: JsonObject, options: PushOptions = {}): Delivery {
  const eventId = randomBytes(16).toString('hex');
  const created = world.clock.now();
  const payload = {
    schema: '2.0',
    header: {
      event_id: eventId,
      event_type: type,
      token: '',
      create_time: type === 'card.action.trigger' ? String(created * 1_000) : String(created),
      tenant_key: 'tenant',
      app_id: world.app.id,
    },
    event,
  };
  return world.lines.push(type, eventId, payload, options);
}
