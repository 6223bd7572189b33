import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Artifact, asId, isGatewayError } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { heard, open } from './set-up.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 7)]);

async function withFile<T>(name: string, bytes: Uint8Array, mediaType: string, use: (file: Artifact) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'feishu-media-'));
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return await use({ path, name, sizeBytes: bytes.length, mediaType, sha256 });
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('FS-9: files', () => {
  it('of people are fetched byte for byte, those of a forward under the id of the forward', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const key = world.fake.addFile({ name: 'a.png', bytes: png, kind: 'image' });
    world.fake.say('', { type: 'image', content: { image_key: key } });
    const [attachment] = (await heard(reader)).attachments;
    if (attachment === undefined) throw new Error('no attachment');
    const signal = new AbortController().signal;
    const bytes = await new Response(await channel.capabilities.attachments.fetch(attachment, signal)).arrayBuffer();
    expect(Buffer.from(bytes).equals(png)).toBe(true);
    const gone = { ...attachment, ref: { message: 'om_none', key, type: 'image' } };
    const error = await channel.capabilities.attachments.fetch(gone, signal).catch((reason: unknown) => reason);
    expect(isGatewayError(error) && error.code).toBe('channel.rejected');
  });

  it('of ours are uploaded once each and shown behind the words, pictures as pictures', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('send it');
    const event = await heard(reader);
    await withFile('shot.png', png, 'image/png', (image) =>
      withFile('报告.pdf', Buffer.from('%PDF-1'), 'application/pdf', async (report) => {
        const to = { to: event.scope, reply: event.reply, key: asId<never>('k') };
        await channel.send({ markdown: 'Here.', files: [image, report] }, to);
        await channel.send({ markdown: 'Here.', files: [image, report] }, to);
      }),
    );
    expect(world.fake.sent.map((one) => one.type)).toEqual(['interactive', 'image', 'file']);
    const uploads = world.fake.requests.filter((one) => one.operation === 'file.create');
    expect(uploads.length).toBeGreaterThan(0);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('that are too large are refused before a byte is read', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('send it');
    const event = await heard(reader);
    const file: Artifact = { path: '/nowhere', name: 'a', sizeBytes: 31 * 1024 * 1024, mediaType: 'application/zip', sha256: '' };
    const error = await channel
      .send({ markdown: '', files: [file] }, { to: event.scope, reply: event.reply, key: asId('k') })
      .catch((reason: unknown) => reason);
    expect(isGatewayError(error) && error).toMatchObject({ code: 'channel.rejected', certain: true });
  });
});
