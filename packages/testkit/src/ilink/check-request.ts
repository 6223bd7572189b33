import type { IncomingHttpHeaders } from 'node:http';
import { isObject, stringField } from '../model/json.ts';
import type { World } from './world.ts';

/** Looks at the headers every JSON call must carry. Answers with false where the real service would say -14. */
export function checkHeaders(world: World, endpoint: string, method: string, headers: IncomingHttpHeaders): boolean {
  const wrong = (what: string) => world.mistake(`${endpoint}: ${what}`);
  const appId = headers['ilink-app-id'];
  const version = Number(headers['ilink-app-clientversion']);
  if (appId !== 'bot') wrong('header iLink-App-Id is not "bot".');
  if (!Number.isInteger(version) || version < world.rules.minClientVersion) {
    wrong('header iLink-App-ClientVersion is missing or older than the service admits.');
  }
  if (method === 'POST') {
    if (!/^application\/json\b/.test(headers['content-type'] ?? '')) wrong('header Content-Type is not application/json.');
    if (headers.authorizationtype !== 'ilink_bot_token') wrong('header AuthorizationType is not "ilink_bot_token".');
    checkUin(world, endpoint, headers['x-wechat-uin']);
  }
  return appId === 'bot' && version >= world.rules.minClientVersion;
}

function checkUin(world: World, endpoint: string, header: string | string[] | undefined): void {
  const text = typeof header === 'string' ? Buffer.from(header, 'base64').toString('latin1') : '';
  const isFine = /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32 && Buffer.from(text, 'latin1').toString('base64') === header;
  if (!isFine) world.mistake(`${endpoint}: header X-WECHAT-UIN is not base64 of a decimal uint32.`);
  else if (world.requests.at(-2)?.headers['x-wechat-uin'] === header)
    world.mistake(`${endpoint}: header X-WECHAT-UIN is the one of the request before.`);
}

/** Looks at what every authenticated body must carry. */
export function checkBaseInfo(world: World, endpoint: string, body: unknown): void {
  const info = isObject(body) ? body.base_info : undefined;
  if (!isObject(info)) {
    world.mistake(`${endpoint}: the body has no base_info.`);
    return;
  }
  if (!/^\d+\.\d+\.\d+$/.test(stringField(info, 'channel_version')))
    world.mistake(`${endpoint}: base_info.channel_version is no version.`);
  const agent = stringField(info, 'bot_agent');
  const product = /^[\w.-]{1,32}(?:\/[\w.+-]{1,32})?(?: \([\x20-\x27\x2a-\x7e]{1,64}\))?$/;
  const products = agent.split(/ (?!\()/).filter((part) => !product.test(part));
  if (agent === '' || agent.length > 256 || products.length > 0)
    world.mistake(`${endpoint}: base_info.bot_agent is not made of name/version.`);
}
