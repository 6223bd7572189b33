import { keys } from '@threadbridge/terminal';
import { expect, it } from 'vitest';
import { openNewcomer } from '../world/open-newcomer.ts';

const { enter, down, interrupt, leave } = keys;

it('OP-3: leads from an empty home to the first answer on WeChat, left at every step, and asks nothing twice', {
  timeout: 300_000,
}, async () => {
  await using newcomer = await openNewcomer({ needsLogin: true, locale: 'en_US.UTF-8' });
  const { wechat } = newcomer;
  const outputs: string[] = [];
  /** A start that is left by Ctrl-C. */
  const sitting = async (visit: (terminal: ReturnType<typeof newcomer.start>) => Promise<void>, code = 130) => {
    const terminal = newcomer.start();
    await visit(terminal);
    terminal.press(code === 0 ? leave : interrupt);
    expect(await terminal.end).toBe(code);
    outputs.push(terminal.output);
  };

  await sitting(async (at) => {
    await at.sees(/Codex \d+\.\d+\.\d+ works/);
    await at.sees(/How do you want to do it\?/);
  });
  expect(outputs[0]).toContain('What is done stays.');
  await sitting(async (at) => {
    await at.sees(/How do you want to do it\?/);
    at.press(down, down, enter);
    await at.sees(/The API key/);
    at.press('sk-a-key-of-nobody', enter);
    await at.sees(/Codex is logged in/);
    await at.sees(/In which directory/);
  });
  expect(outputs[1]).not.toContain('sk-a-key');
  await sitting(async (at) => {
    await at.sees(/In which directory[\s\S]*~\/code\/app/);
    at.press(enter);
    await at.sees(/Where do you want to talk/);
  });
  await sitting(async (at) => {
    await at.sees(/Where do you want to talk[\s\S]*WeChat/);
    at.press(enter);
    await at.sees(/Scan this code[\s\S]*Waiting/);
  });
  await wechat.phone.code();
  await sitting(async (at) => {
    await at.sees(/Scan this code[\s\S]*Waiting/);
    await wechat.phone.code();
    wechat.phone.scan();
    await at.sees(/Scanned/);
    wechat.phone.showNumber('42');
    await at.sees(/Type the number/);
    at.press('42', enter);
    wechat.phone.confirm({ baseUrl: 'https://ilinkai.weixin.qq.com' });
    await at.sees(/wechat is logged in/);
    await at.sees(/\/claim \w{4}-\w{4}/);
  });
  await sitting(async (at) => {
    const [claim] = await at.sees(/\/claim \w{4}-\w{4}/);
    wechat.say(claim);
    await at.sees(/It is yours now/);
  });
  await sitting(async (at) => {
    await at.sees(/Send the bot your first message/);
    wechat.say('hello from the phone');
    await at.sees(/› hello from the phone/);
    await at.sees(/Hello! I am a scripted model/);
    await at.sees(/That is all/);
  }, 0);
  await sitting(async (at) => {
    await at.sees(/Ctrl-D leaves/);
    wechat.say('hello again');
    await wechat.until(() => wechat.sent.some(({ text }) => text?.includes('hello again')));
  }, 0);

  const asked = (question: RegExp) => outputs.filter((output) => question.test(output)).length;
  // Once where it was left, once where it was answered.
  for (const question of [/How do you want/, /In which directory/, /Where do you want/, /Scan this code/])
    expect(asked(question)).toBe(2);
  expect(outputs.at(-1)).not.toMatch(/first message|claim|That is all/);
  expect(newcomer.model.requests.map(({ lastUserText }) => lastUserText)).toEqual(['hello from the phone', 'hello again']);
  expect(await newcomer.config()).toEqual({
    profiles: { default: { workspaces: { default: newcomer.project }, channels: { wechat: { type: 'ilink' } } } },
  });
  expect(wechat.mistakes).toEqual([]);
});

it('OP-3: asks again for the login of Codex that was put off, and for nothing else', async () => {
  await using newcomer = await openNewcomer({ needsLogin: true, locale: 'en_US.UTF-8' });
  await newcomer.configure({ workspaces: { default: newcomer.project }, channels: {} });
  const first = newcomer.start();
  await first.sees(/How do you want to do it\?/);
  first.press(down, down, down, enter);
  await first.sees(/Ctrl-D leaves/);
  first.press(leave);
  expect(await first.end).toBe(0);

  const second = newcomer.start();
  await second.sees(/How do you want to do it\?/);
  second.press(down, down, enter);
  await second.sees(/The API key/);
  second.press('sk-a-key-of-nobody', enter);
  await second.sees(/Codex is logged in/);
  await second.sees(/Ctrl-D leaves/);
  second.press(leave);
  expect(await second.end).toBe(0);
  expect(second.output).not.toMatch(/In which directory|Where do you want/);

  const third = newcomer.start();
  await third.sees(/Ctrl-D leaves/);
  third.press(leave);
  expect(await third.end).toBe(0);
  expect(third.output).not.toContain('a few steps');
});

it('OP-3: tells once, beside a gateway without a chat in the terminal, how it is made one’s own', async () => {
  await using newcomer = await openNewcomer({ locale: 'en_US.UTF-8' });
  const { wechat } = newcomer;
  const login = { ...wechat.credentials, baseUrl: 'https://ilinkai.weixin.qq.com' };
  const credentials = { source: 'exec', command: ['echo', JSON.stringify(login)] };
  await newcomer.configure({ workspaces: { default: newcomer.project }, channels: { wechat: { type: 'ilink', credentials } } });
  const at = newcomer.start('--no-terminal');
  await at.sees(/Ready/);
  await at.sees(/\/claim \w{4}-\w{4}/);
  at.press(interrupt);
  expect(await at.end).toBe(130);
  expect(at.output.match(/claim/g)).toHaveLength(1);
  expect(at.output).not.toContain('Nobody in a chat owns');
});

it('OP-3: says in Chinese why a step fails, and goes on from there, to the first answer on Feishu', async () => {
  await using newcomer = await openNewcomer({ locale: 'zh_CN.UTF-8' });
  const { feishu } = newcomer;
  const at = newcomer.start();
  await at.sees(/所用模型无需登录/);
  await at.sees(/可以在哪个目录里工作/);
  at.press(down, enter);
  await at.sees(/目录的路径/);
  at.press('\u007f\u007f', '/', enter);
  await at.sees(/范围太大/);
  await at.sees(/目录的路径/);
  at.press('\u007f', newcomer.project, enter);
  await at.sees(/工作区：~\/code\/app/);
  await at.sees(/想在哪里/);
  at.press(down, enter);
  await at.sees(/等待中/);
  at.press(keys.escape);
  await at.sees(/接下来怎么办[\s\S]*换一个聊天平台/);
  at.press(down, enter);
  await at.sees(/想在哪里/);
  at.press(down, down, enter);
  await at.sees(/哪个平台/);
  at.press(enter);
  await at.sees(/App ID/);
  at.press(feishu.app.id, enter);
  await at.sees(/请粘贴/);
  at.press('not-the-secret', enter);
  await at.sees(/接下来怎么办/);
  at.press(enter);
  await at.sees(/请粘贴/);
  at.press(feishu.app.secret, enter);
  await at.sees(/feishu 已登录/);
  const [claim] = await at.sees(/\/claim \w{4}-\w{4}/);
  await feishu.until(() => feishu.connections.open === 1);
  feishu.say(claim);
  await at.sees(/现在它归你了/);
  feishu.say('你好');
  await at.sees(/› 你好/);
  await at.sees(/全部完成/);
  at.press(leave);
  expect(await at.end).toBe(0);
  expect(at.output).not.toContain(feishu.app.secret);
  expect(await newcomer.config()).toMatchObject({
    profiles: { default: { language: 'zh', channels: { feishu: { type: 'feishu', tenant: 'feishu', appId: feishu.app.id } } } },
  });
  expect(feishu.mistakes).toEqual([]);
});
