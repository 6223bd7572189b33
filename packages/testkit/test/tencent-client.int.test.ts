import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { startFakeIlink } from '../src/ilink/index.ts';

const script = join(import.meta.dirname, 'tencent', 'client.mjs');
const picture = Buffer.from('\u0089PNG and so on', 'latin1');

it('is taken for the service by Tencent’s own client: text, typing, pictures both ways, a quote that is an id alone', async () => {
  const state = await mkdtemp(join(tmpdir(), 'threadbridge-tencent-'));
  await using fake = await startFakeIlink({ holdMs: 1_000 });
  const client = spawn(process.execPath, [script, fake.url, fake.cdnUrl, JSON.stringify(fake.credentials)], {
    env: { PATH: process.env.PATH, OPENCLAW_STATE_DIR: state, HOME: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
  const understood = async () => JSON.parse(String((await lines.next()).value));
  const exited = once(client, 'exit');
  try {
    await fake.until(() => fake.polls === 1);
    expect(fake.isOnline).toBe(true);

    const said = fake.say('hello 世界');
    expect(await understood()).toMatchObject({ event: 'message', body: 'hello 世界' });
    await fake.until(() => fake.sent.length === 1 && !fake.isTyping());
    expect(fake.sent[0]).toMatchObject({ to: 'owner@im.wechat', text: 'echo: hello 世界' });
    expect(fake.requests.map(({ endpoint }) => endpoint)).toEqual(expect.arrayContaining(['getconfig', 'sendtyping']));

    fake.say('what did you say?', { quote: { svr_id: fake.sent[0]?.id ?? '' } });
    expect(await understood()).toMatchObject({ quote: 'echo: hello 世界' });
    fake.say('what did I say?', { quote: { svr_id: said.message_id ?? '' } });
    expect(await understood()).toMatchObject({ quote: 'hello 世界' });

    fake.sayFiles([{ kind: 'image', bytes: picture }]);
    expect(await understood()).toMatchObject({ media: expect.stringContaining('media-1') });
    await fake.until(() => fake.sent.some(({ media }) => media !== undefined));
    const [shown] = fake.sent.flatMap(({ media }) => media ?? []);
    expect(shown).toMatchObject({ kind: 'image' });
    expect(Buffer.from(shown?.bytes ?? [])).toEqual(picture);

    client.kill('SIGTERM');
    expect((await exited)[0]).toBe(0);
    expect(fake.isOnline).toBe(false);
    expect(fake.refusals).toEqual([]);
    expect(fake.mistakes).toEqual([]);
  } finally {
    client.kill('SIGKILL');
    await rm(state, { recursive: true, force: true });
  }
});
