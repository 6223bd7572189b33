import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { actorId, asId, type ChannelId } from '@threadbridge/contract';
import { openPostbox } from '@threadbridge/example-own-channel';
import { loadConfig, openGateway, resolveProfile } from '@threadbridge/gateway';
import { startScriptedModel } from '@threadbridge/testkit/model';

// The program around the gateway: it takes answers, and writes messages.
let take = (_answer: string) => {};
const answered = new Promise<string>((resolve) => {
  take = resolve;
});
const taker = createServer(async (request, response) => {
  take((JSON.parse(await text(request)) as { readonly text: string }).text);
  response.end();
}).listen(0, '127.0.0.1');
await once(taker, 'listening');
await using postbox = await openPostbox({ answersTo: `http://127.0.0.1:${(taker.address() as AddressInfo).port}/` });

// A place of its own: state, workspace, Codex home. A program of yours has these already, and a real login instead of the script.
const folder = await realpath(await mkdtemp(join(tmpdir(), 'embed-gateway-')));
const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
await Promise.all([home, workspace, codexHome].map((path) => mkdir(path)));
const model = await startScriptedModel({ rules: [{ when: /build/, reply: [{ type: 'text', text: 'The build is green.' }] }] });

const environment = { PATH: process.env.PATH ?? '', HOME: homedir() };
const settings = {
  codex: { home: codexHome, auth: { mode: 'codex-home' }, config: model.codexConfig() },
  workspaces: { default: workspace },
  nativeApi: { enabled: false },
  console: { enabled: false },
  taskApi: { enabled: false },
} as const;
const profile = resolveProfile(await loadConfig({ environment, flags: { home, settings } }));
const gateway = await openGateway({
  profile,
  environment,
  extraChannels: [{ channel: postbox.channel, owner: actorId(asId<ChannelId>('postbox'), 'olga') }],
});

await fetch(postbox.url, { method: 'POST', body: JSON.stringify({ id: '1', from: 'olga', text: 'How is the build?' }) });
const answer = await answered;
await gateway.stop();
await model.close();
taker.close();
await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
assert.match(answer, /The build is green\./);
process.stdout.write(`Codex answered in the program's own chat: ${answer}\n`);
