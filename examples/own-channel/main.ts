import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { asId, type EffectKey } from '@threadbridge/contract';
import { openPostbox } from './postbox.ts';

// Somebody who takes answers.
const answers: string[] = [];
const taker = createServer(async (request, response) => {
  answers.push((JSON.parse(await text(request)) as { readonly text: string }).text);
  response.end();
}).listen(0, '127.0.0.1');
await once(taker, 'listening');

await using postbox = await openPostbox({ answersTo: `http://127.0.0.1:${(taker.address() as AddressInfo).port}/` });
const stop = new AbortController();
const echo = (async () => {
  for await (const { events } of postbox.channel.receive({ signal: stop.signal })) {
    for (const event of events) {
      if (event.type !== 'message.received') continue;
      const key = asId<EffectKey>(`echo/${event.id}`);
      await postbox.channel.send({ markdown: `You said: ${event.text}` }, { to: event.scope, reply: event.reply, key });
    }
  }
})();

const letter = { method: 'POST', body: JSON.stringify({ id: '1', from: 'olga', text: 'hello' }) };
const { status } = await fetch(postbox.url, letter);
stop.abort();
await echo;
taker.close();
assert.equal(status, 200);
assert.deepEqual(answers, ['You said: hello']);
process.stdout.write('The message was taken over and answered once.\n');
