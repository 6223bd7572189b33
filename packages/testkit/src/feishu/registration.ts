import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../model/json.ts';
import type { World } from './world.ts';

/** The accounts service: making an app by one scan. Answers bare JSON, an error as HTTP 400. */
export function register(world: World, form: URLSearchParams): { readonly status: number; readonly body: JsonObject } {
  const { registration } = world;
  if (form.get('action') === 'begin') {
    registration.device = randomBytes(12).toString('hex');
    registration.outcome = undefined;
    const verification_uri_complete = `${world.url}/page/launcher?user_code=${registration.device.slice(0, 8)}`;
    registration.qrUrls.push(verification_uri_complete);
    world.changed();
    return { status: 200, body: { device_code: registration.device, verification_uri_complete, expires_in: 600, interval: 1 } };
  }
  if (form.get('action') !== 'poll' || form.get('device_code') !== registration.device)
    return { status: 400, body: { error: 'invalid_request', error_description: 'no such device code' } };
  const outcome = registration.outcome ?? { error: 'authorization_pending' };
  return { status: 'error' in outcome ? 400 : 200, body: outcome };
}
