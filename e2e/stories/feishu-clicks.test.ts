import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFeishu } from '../world/open-feishu.ts';

it('AP-4, FS-7: of the wrong clicks none acts, each is audited, whoever clicked is told, and the question stays for the owner', async () => {
  await using world = await openFeishu();
  const chat = world.fake.addChat('group');
  await world.start({ access: { owners: ['feishu:ou_owner'], chats: [`feishu:${chat}`] } });
  /** That of the latest button with this label. */
  const token = (label: string) => {
    const shown = [...world.fake.sent.map(({ card }) => card), ...world.fake.cards.map(({ json }) => json)];
    const card = shown.map((json) => JSON.stringify(json ?? null)).findLast((text) => text.includes(`"${label}"`));
    return card === undefined ? undefined : new RegExp(`"${label}".*?"token":"([^"]+)"`).exec(card)?.[1];
  };
  const comes = async (label: string) => {
    await world.comesTo(`no button "${label}"`, () => token(label) !== undefined);
    return token(label) ?? '';
  };
  const question = (file: string) => {
    world.fake.say(`[[write: ${file} | x]] [[say: after ${file}]]`);
    return comes('Approve');
  };
  const isWritten = (file: string) => existsSync(join(world.workspace, file));

  world.fake.say('[[hold: gate | working hard | done]]', { chat, mentionsBot: true });
  const foreign = await comes('Stop');
  await world.fake.click('Stop');
  await world.reads(/Codex · Stopped/);
  const used = await question('first.md');
  await world.fake.click('Approve');
  await world.reads(/after first\.md/);
  const open = await question('second.md');
  const altered = `${open.slice(0, -4)}${open.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
  const before = (await world.refusals()).length;

  await world.tells(await world.fake.click('Approve', { from: 'ou_mallory' }), /not yours/);
  await world.tells(await world.fake.click('Approve', { value: { token: altered } }), /is not valid/);
  await world.tells(await world.fake.click('Approve', { value: { token: used } }), /a run that is over/);
  await world.tells(await world.fake.click('Approve', { value: { token: foreign } }), /another conversation/);
  world.setTime(31 * 60_000);
  await world.tells(await world.fake.click('Approve'), /too old/);
  world.setTime(0);

  expect((await world.refusals()).slice(before)).toEqual([
    { actor: 'feishu:ou_mallory', because: expect.anything() },
    { actor: 'feishu:ou_owner', because: ['action token: altered'] },
    { actor: 'feishu:ou_owner', because: ['action token: run'] },
    { actor: 'feishu:ou_owner', because: ['action token: elsewhere'] },
    { actor: 'feishu:ou_owner', because: ['action token: expired'] },
  ]);
  expect([isWritten('first.md'), isWritten('second.md')]).toEqual([true, false]);
  await world.fake.click('Approve');
  await world.reads(/after second\.md/);
  expect(isWritten('second.md')).toBe(true);
  expect(world.fake.mistakes).toEqual([]);
});

it('FS-7: a picked row is answered on its card, also after Codex or the disk was asked; the end of a run offers a new thread', async () => {
  await using world = await openFeishu();
  await world.start();
  const { fake } = world;
  fake.say('[[say: first thread]]');
  await world.reads(/first thread(?!\]\])/);
  await world.comesTo('no way to a new thread', () => /"content":"New thread"/.test(JSON.stringify(fake.cards)));
  const ended = JSON.stringify(fake.cards[0]?.json);
  await world.tells(await fake.click('New thread'), /new thread/);
  // The answer stays; the button is used.
  expect(JSON.stringify(fake.cards[0]?.json)).toBe(ended);
  await world.tells(await fake.click('New thread'), /used already/);
  fake.say('who am I talking to?');
  await world.reads(/first message of this thread/);

  for (const [command, list, answer] of [
    ['/threads', /Threads, newest first/, /go on in “/],
    ['/model', /- `[\w.-]+` .+/, /Runs here now use/],
    ['/ws', /- `default`/, /Runs here now work in/],
  ] as const) {
    const before = fake.sent.length;
    fake.say(command);
    const picker = () => fake.sent.slice(before).find(({ text, card }) => list.test(text) || list.test(JSON.stringify(card)));
    await world.comesTo(`no list after ${command}`, () => picker() !== undefined);
    const count = fake.sent.length;
    const message = picker()?.id;
    await fake.click('Choose');
    await world.comesTo(`the list of ${command} is not answered`, () =>
      answer.test(JSON.stringify(fake.sent.find(({ id }) => id === message))),
    );
    expect(fake.sent).toHaveLength(count);
  }
  expect(fake.mistakes).toEqual([]);
});

it('PO-1: rows in a group are for whoever asked and for the owner; others are told so, and it is audited', async () => {
  await using world = await openFeishu();
  const { fake } = world;
  const chat = fake.addChat('group');
  await world.start({
    access: { owners: ['feishu:ou_owner'], users: ['feishu:ou_ada', 'feishu:ou_bea'], chats: [`feishu:${chat}`] },
  });
  fake.say('/config verbosity', { chat, from: 'ou_ada', mentionsBot: true });
  await world.comesTo('no rows', () => /"content":"Choose"/.test(JSON.stringify(fake.sent)));
  const before = (await world.refusals()).length;
  await world.tells(await fake.click('Choose', { from: 'ou_bea' }), /for whoever asked/);
  expect((await world.refusals()).slice(before)).toEqual([{ actor: 'feishu:ou_bea', because: ['action token: person'] }]);
  await world.tells(await fake.click('Choose', { from: 'ou_owner' }), /Steps of a run: /);
  expect(fake.mistakes).toEqual([]);
});
