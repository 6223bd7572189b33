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
