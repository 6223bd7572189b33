import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { channelContract } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { openPostbox } from '../postbox.ts';

interface Answer {
  readonly key: string;
  readonly text: string;
}

/** Takes answers, and knows a key again. */
async function openTaker() {
  const answers = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const answer = JSON.parse(await text(request)) as Answer;
    answers.set(answer.key, answer.text);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { answers, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

channelContract('the postbox', async () => {
  const taker = await openTaker();
  const postbox = await openPostbox({ answersTo: taker.url });
  let count = 0;
  const write = (text: string, id: string) =>
    void fetch(postbox.url, { method: 'POST', body: JSON.stringify({ id, from: 'olga', text }) }).catch(() => {});
  let last = '';
  return {
    connect: async () => postbox.channel,
    async write(text) {
      count += 1;
      last = text;
      write(text, `m${count}`);
    },
    read: async () => [...taker.answers.values()],
    redeliver: async () => write(last, `m${count}`),
    async close() {
      await postbox[Symbol.asyncDispose]();
      taker.server.close();
      taker.server.closeAllConnections();
    },
  };
});

it('refuses what is no message, and what is too long, without taking it over', async () => {
  await using postbox = await openPostbox({ answersTo: 'http://127.0.0.1:9/' });
  for (const body of ['', 'null', '{"id":1}', 'x'.repeat(100_000)])
    expect((await fetch(postbox.url, { method: 'POST', body })).status).toBe(400);
});

it('runs, and asserts its own result', async () => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main], { env: {} });
  expect(stdout).toContain('answered once');
});
