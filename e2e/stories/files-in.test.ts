import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openWechat, type WechatWorld } from '../world/open-wechat.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.4\n% nothing on it\n%%EOF\n');

/** The path that the model was told for a file. */
async function pathOf({ model }: WechatWorld, name: string): Promise<string> {
  const text = model.requests.map(({ lastUserText }) => lastUserText).join('\n');
  const path = new RegExp(`(?:Read it at|kept at) (/\\S*${name})`).exec(text)?.[1];
  if (path === undefined) throw new Error(`The model was told no path of ${name}:\n${text}`);
  return path;
}

it('shows a picture to the model, gives it the path of a document, and the words of a voice message', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  world.fake.sayFiles(
    [
      { kind: 'image', bytes: png },
      { kind: 'file', name: '../../报告.pdf', bytes: pdf },
      { kind: 'voice', bytes: Buffer.from('\u0002#!SILK_V3'), transcript: 'what does it say?' },
    ],
    { text: '[[say: seen]]' },
  );
  await world.reads(/seen/);
  const [request] = world.model.requests;
  expect(request?.lastUserPictures).toBe(1);
  expect(request?.lastUserText).toContain('what does it say?');
  expect(await readFile(await pathOf(world, '报告\\.pdf'))).toEqual(pdf);
  expect(world.fake.mistakes).toEqual([]);
});

it('names what was not taken to the person and to the model, and never loses the words beside it', async () => {
  await using world = await openWechat({}, { attachments: { maxCount: 2, maxFileBytes: 1_000 } });
  await world.logIn();
  await world.start();
  world.fake.sayFiles(
    [
      { kind: 'file', name: 'big.txt', bytes: Buffer.alloc(2_000, 'a') },
      { kind: 'file', name: 'photo.png', bytes: Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(60)]) },
      { kind: 'file', name: 'third.txt', bytes: Buffer.from('one too many') },
    ],
    { text: '[[say: here all the same]]' },
  );
  await world.reads(/here all the same/);
  await world.reads(
    /“big\.txt” was not taken: a file may have[\s\S]*“photo\.png”[\s\S]*not taken \(application\/x-elf\)[\s\S]*“third\.txt”.*2 files/,
  );
  const text = world.model.requests[0]?.lastUserText ?? '';
  for (const name of ['big.txt', 'photo.png', 'third.txt']) expect(text).toContain(`name="${name}"`);
  expect(text).not.toContain('/files/');
});

it('lets a run that must not read our state read the files of its own conversation, and no others', async () => {
  const access = { owners: ['wechat:owner@im.wechat'], users: ['wechat:friend@im.wechat'] };
  await using world = await openWechat({}, { access });
  await world.logIn();
  await world.start();
  world.fake.sayFiles([{ kind: 'file', name: 'secret.txt', bytes: Buffer.from('only for the owner') }], {
    text: '[[say: kept]]',
  });
  await world.reads(/kept/);
  const from = 'friend@im.wechat';
  world.fake.sayFiles([{ kind: 'file', name: 'mine.txt', bytes: Buffer.from('from the friend') }], {
    from,
    text: '[[say: taken]]',
  });
  await world.reads(/taken/);
  const [secret, mine] = [await pathOf(world, 'secret\\.txt'), await pathOf(world, 'mine\\.txt')];
  world.fake.say(`[[run: cat ${mine} ${secret} ${mine.replace(/\/media\/.*/, '/token-key')}]] [[say: looked]]`, { from });
  await world.reads(/looked/);
  const output = world.model.requests.flatMap(({ outputs }) => outputs.map(({ text }) => text)).join('\n');
  expect(output).toContain('from the friend');
  expect(output).not.toContain('only for the owner');
  expect(output).toMatch(/token-key: (No such file|Permission denied)/);
});
