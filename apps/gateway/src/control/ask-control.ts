import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { GatewayError } from '@threadbridge/contract';
import type { ProfilePaths } from '../config/home.ts';
import { controlSocket } from '../run-directory.ts';
import type { ControlVerbs } from './control-server.ts';

const patienceMs = 15_000;

/** Asks the gateway that runs a profile. Undefined: none runs. Rejects with `config.invalid` where it could not do what was asked. */
export async function askControl(
  paths: Pick<ProfilePaths, 'home' | 'directory'>,
  verb: keyof ControlVerbs,
): Promise<object | undefined> {
  const asking = request({ socketPath: controlSocket(paths), path: `/${verb}`, method: 'POST', timeout: patienceMs });
  asking.on('timeout', () => asking.destroy(new Error('It does not answer.')));
  asking.end();
  try {
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    const value = JSON.parse(await text(response)) as object;
    if (response.statusCode === 200) return value;
    throw refused('error' in value ? String(value.error) : 'It gave no reason.');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    if (code === 'ECONNRESET' && (verb === 'stop' || verb === 'leave')) return {};
    throw error;
  }
}

function refused(message: string): GatewayError {
  return new GatewayError('config.invalid', `The running gateway could not do that. ${message}`, { certain: true });
}
