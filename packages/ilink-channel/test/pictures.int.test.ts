import type { GatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import type { IlinkChannelOptions } from '../src/index.ts';
import { replyTo, setUp, takeOne } from './set-up.ts';

const diff = 'update `a.ts`\n\n```diff\n@@ -1 +1 @@\n-old\n+new\n```';
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

type Draw = NonNullable<IlinkChannelOptions['drawPicture']>;

it('sends a block that reads badly as text as a picture, one message each, with a word on which part it is', async () => {
  const asked: Parameters<Draw>[] = [];
  const drawPicture: Draw = async (...block) => {
    asked.push(block);
    return png;
  };
  await using world = await setUp({}, { drawPicture });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  for (const markdown of world.channel.split(`Done.\n\n${diff}\n\nAll good.`))
    await world.channel.send({ markdown }, replyTo(event));
  expect(world.fake.sent.map(({ text, media }) => text ?? media?.kind)).toEqual(['(1/3)\nDone.', 'image', '(3/3)\nAll good.']);
  expect(world.fake.sent[1]?.media?.bytes).toEqual(Buffer.from(png));
  expect(asked).toEqual([[{ type: 'diff', heading: 'update a.ts', text: '@@ -1 +1 @@\n-old\n+new' }, '2/3']]);
  expect(world.fake.mistakes).toEqual([]);
});

it.each<{ why: string; drawPicture?: Draw; refuse?: true }>([
  { why: 'nobody draws' },
  { why: 'it cannot be drawn', drawPicture: async () => undefined },
  { why: 'the renderer is missing', drawPicture: () => Promise.reject(new Error('Cannot find module')) },
  { why: 'WeChat does not take the picture', drawPicture: async () => png, refuse: true },
])('says the block as text where $why', async ({ drawPicture, refuse }) => {
  await using world = await setUp({}, drawPicture && { drawPicture });
  if (refuse) world.fake.fail('upload', { type: 'status', status: 400 });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  await world.channel.send({ markdown: diff }, replyTo(event));
  expect(world.fake.sent.map(({ text }) => text)).toEqual([diff]);
  expect(world.fake.mistakes).toEqual([]);
});

it('knows that nothing was sent where the picture could not be uploaded', async () => {
  await using world = await setUp({}, { drawPicture: async () => png });
  world.fake.fail('upload', { type: 'drop' }, { type: 'drop' }, { type: 'drop' });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const refused = world.channel.send({ markdown: diff }, replyTo(event));
  await expect(refused).rejects.toMatchObject({ code: 'channel.unreachable', certain: true } satisfies Partial<GatewayError>);
  expect(world.fake.sent).toEqual([]);
});
