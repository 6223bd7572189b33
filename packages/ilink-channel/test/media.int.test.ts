import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Artifact, type Attachment, isGatewayError } from '@threadbridge/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replyTo, setUp, take, takeOne, type World } from './set-up.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ilink-media-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function artifact(name: string, mediaType: string, bytes: Uint8Array): Promise<Artifact> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, name, mediaType, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function fetchAll(world: World, attachment: Attachment, signal = new AbortController().signal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await world.channel.capabilities.attachments.fetch(attachment, signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isGatewayError(error)).toBe(true);
  return error;
}

it.each([0, 1, 15, 16, 17, 70_000])('fetches files of %i bytes as they were sent', async (size) => {
  await using world = await setUp();
  const bytes = randomBytes(size);
  world.fake.sayFiles(
    [
      { kind: 'image', bytes },
      { kind: 'file', bytes, name: 'a.bin' },
      { kind: 'voice', bytes, transcript: 'run it' },
      { kind: 'video', bytes },
    ],
    { text: 'look' },
  );
  const event = await takeOne(world.channel);
  expect(event).toMatchObject({
    text: 'look',
    attachments: [
      { kind: 'image' },
      { kind: 'file', name: 'a.bin', sizeBytes: size },
      { kind: 'audio', transcript: 'run it' },
      { kind: 'video' },
    ],
  });
  for (const attachment of event.attachments)
    expect(await fetchAll(world, JSON.parse(JSON.stringify(attachment)))).toEqual(bytes);
  expect(world.fake.mistakes).toEqual([]);
});

it('fetches a quoted picture where the message has no file of its own', async () => {
  await using world = await setUp();
  const bytes = randomBytes(100);
  const picture = world.fake.sayFiles([{ kind: 'image', bytes }]);
  world.fake.say('what is this?', {
    quote: { svr_id: picture.message_id ?? '', message_item: picture.item_list?.[0] ?? { type: 0 } },
  });
  const { cursor } = await take(world.channel, 2);
  expect(cursor).toBeDefined();
  const events = (await take(world.connect(), 2)).events;
  expect(events[1]).toMatchObject({ quote: { id: String(picture.message_id) }, attachments: [{ kind: 'image' }] });
  expect(await fetchAll(world, events[1]?.attachments[0] as Attachment)).toEqual(bytes);
});

it.each([true, false])(
  'sends pictures, videos and files so that phones show them (whole upload address: %s)',
  async (namesUploadUrl) => {
    await using world = await setUp({ namesUploadUrl });
    world.fake.say('send me all');
    const event = await takeOne(world.channel);
    const bytes = randomBytes(5_000);
    const files = await Promise.all([
      artifact('a.png', 'image/png', bytes),
      artifact('b.mp4', 'video/mp4', bytes),
      artifact('c.txt', 'text/plain', bytes),
      artifact('d.mp3', 'audio/mpeg', bytes),
      artifact('e.txt', 'text/plain', new Uint8Array()),
    ]);
    await world.channel.send({ markdown: 'here', files }, replyTo(event));
    expect(world.fake.sent.map((one) => one.text ?? `${one.media?.kind} ${one.media?.name ?? ''}`)).toEqual([
      'here',
      'image ',
      'video ',
      'file c.txt',
      'file d.mp3',
      'file e.txt',
    ]);
    for (const one of world.fake.sent.slice(1, 5)) expect(Buffer.from(one.media?.bytes ?? [])).toEqual(bytes);
    expect(world.fake.mistakes).toEqual([]);
  },
);

it('sends no file that is missing, too large, or not the one that was chosen', async () => {
  await using world = await setUp({}, { maxFileBytes: 10 });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const fine = await artifact('fine.txt', 'text/plain', Buffer.from('fine'));
  const large = await artifact('large.txt', 'text/plain', Buffer.from('x'.repeat(11)));
  await writeFile(join(folder, 'changed.txt'), 'other');
  for (const file of [{ ...fine, path: join(folder, 'none') }, large, { ...fine, path: join(folder, 'changed.txt') }]) {
    expect(await refusal(world.channel.send({ markdown: '', files: [file] }, replyTo(event)))).toMatchObject({
      code: 'channel.rejected',
      certain: true,
    });
  }
  expect(await refusal(world.channel.send({ markdown: 'text first', files: [large] }, replyTo(event)))).toMatchObject({
    certain: false,
  });
  expect(world.fake.sent.map((one) => one.text)).toEqual(['text first']);
});

it('uploads again where the CDN fails, and not where it refuses', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const file = await artifact('f.txt', 'text/plain', Buffer.from('hello'));
  world.fake.fail('upload', { type: 'status', status: 503 }, { type: 'drop' });
  await world.channel.send({ markdown: '', files: [file] }, replyTo(event));
  expect(world.fake.sent).toMatchObject([{ media: { kind: 'file' } }]);
  const before = world.fake.requests.length;
  world.fake.fail('upload', { type: 'status', status: 400 });
  expect(await refusal(world.channel.send({ markdown: '', files: [file] }, replyTo(event)))).toMatchObject({
    code: 'channel.rejected',
    certain: true,
  });
  expect(world.fake.requests.slice(before).map((one) => one.endpoint)).toEqual(['getuploadurl', 'upload']);
});

it('tells broken downloads for what they are: cut, gone, too large, wrong key, wrong size', async () => {
  await using world = await setUp({}, { maxFileBytes: 2_000 });
  world.fake.sayFiles([{ kind: 'file', name: 'a', bytes: randomBytes(1_000) }]);
  world.fake.sayFiles([{ kind: 'image', bytes: randomBytes(2_001) }]);
  const { events } = await take(world.channel, 2);
  const [file, picture] = events.map((event) => event.attachments[0] as Attachment);
  if (file === undefined || picture === undefined) throw new Error('no files');
  const ref = file.ref as Readonly<Record<string, string | number>>;

  world.fake.fail('download', { type: 'cut' });
  expect(await refusal(fetchAll(world, file))).toMatchObject({ code: 'channel.unreachable' });
  expect(await refusal(fetchAll(world, picture))).toMatchObject({
    code: 'channel.rejected',
    message: expect.stringContaining('larger'),
  });
  const { url: _, ...byHandle } = ref;
  expect(await refusal(fetchAll(world, { ...file, ref: { ...byHandle, handle: 'other' } }))).toMatchObject({
    code: 'channel.target_gone',
  });
  expect(await refusal(fetchAll(world, { ...file, ref: { ...ref, sizeBytes: 999 } }))).toMatchObject({
    message: expect.stringContaining('not the one'),
  });
  expect(await refusal(fetchAll(world, { ...file, ref: { ...ref, key: '0'.repeat(32) } }))).toMatchObject({
    code: 'channel.rejected',
  });
  expect(await refusal(fetchAll(world, { ...file, ref: 'nonsense' }))).toMatchObject({ code: 'channel.rejected' });
  expect((await fetchAll(world, { ...file, ref: byHandle })).length).toBe(1_000);
});

it('falls back on the handle where the whole address fails, and follows no strange host', async () => {
  await using world = await setUp();
  const asked: string[] = [];
  const strange = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('secret of the local network');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => strange.once('listening', resolve));
  try {
    const bytes = randomBytes(50);
    world.fake.sayFiles([{ kind: 'file', name: 'a', bytes }]);
    const file = (await takeOne(world.channel)).attachments[0] as Attachment;
    const url = `http://127.0.0.1:${(strange.address() as AddressInfo).port}/x`;
    const ref = { ...(file.ref as object), url } as Attachment['ref'];
    expect(await fetchAll(world, { ...file, ref })).toEqual(bytes);
    const { handle: _, ...onlyUrl } = ref as Readonly<Record<string, string>>;
    expect(await refusal(fetchAll(world, { ...file, ref: onlyUrl }))).toMatchObject({
      code: 'channel.rejected',
      message: expect.stringContaining('not its own'),
    });
    expect(asked).toEqual([]);
  } finally {
    strange.close();
  }
});
