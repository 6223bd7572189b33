import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileOverrides, RunningGateway } from '@threadbridge/gateway';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, type OpenBrowser, openBrowser } from '../world/open-browser.ts';
import { type OpenPage, openPage } from '../world/open-page.ts';
import { openWechat } from '../world/open-wechat.ts';

const token = 'a-token-that-nobody-guesses-0123456789';

describe.skipIf(!hasBrowser)('the console in a browser', () => {
  let chromium: OpenBrowser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threadbridge-console-'));
    await writeFile(join(folder, 'token'), token, { mode: 0o600 });
    chromium = await openBrowser();
  });
  afterAll(async () => {
    await chromium[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const settings = (): ProfileOverrides => ({
    console: { enabled: true, port: 0, token: { source: 'file', path: join(folder, 'token') } },
    permissions: { defaultAccess: 'read-only', maxAccess: 'workspace', network: false },
  });
  const addressOf = ({ ready }: RunningGateway) => `${ready.console}/#token=${token}`;
  const visit = (gateway: RunningGateway, options: Partial<Parameters<typeof openPage>[0]> = {}) =>
    openPage({ browser: chromium.browser, address: addressOf(gateway), ...options });
  const expectClean = async (open: OpenPage) => {
    expect(await open.findings()).toEqual([]);
    expect(open.complaints).toEqual([]);
  };

  it('asks a stranger for the token, takes it from a link, and keeps it out of the address', async () => {
    await using world = await openWechat({}, { ...settings(), channels: {} });
    const gateway = await world.start();
    await using stranger = await openPage({ browser: chromium.browser, address: `${gateway.ready.console}` });
    await stranger.page.getByLabel('Token').fill('wrong');
    await stranger.page.getByRole('button', { name: 'Open' }).click();
    await stranger.page.getByText('That is not the token.').waitFor();
    expect(await stranger.findings()).toEqual([]);
    await stranger.page.getByLabel('Token').fill(token);
    await stranger.page.getByRole('button', { name: 'Open' }).click();
    await stranger.page.getByRole('heading', { name: 'What shall we do?' }).waitFor();

    await using open = await visit(gateway);
    await open.page.getByRole('heading', { name: 'What shall we do?' }).waitFor();
    expect(open.page.url()).not.toContain('token');
    await expectClean(open);
  });

  it('shows what is asked with its diff, does what was approved, and shows the change', async () => {
    await using world = await openWechat({}, { ...settings(), channels: {} });
    await using open = await visit(await world.start());
    const { page } = open;
    await open.say('[[plan: x look; > do]] [[say: I write it.]] [[write: note.md | # From the page]] [[say: All done.]]');
    const question = page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Approve', exact: true }) });
    await question.getByText('# From the page').waitFor();
    await expectClean(open);
    expect(existsSync(join(world.workspace, 'note.md'))).toBe(false);
    await question.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('log').getByText('All done.', { exact: true }).waitFor();
    expect(await readFile(join(world.workspace, 'note.md'), 'utf8')).toContain('# From the page');
    await page.getByText('Answered: Approve').waitFor();
    await page.locator('.folded summary').filter({ hasText: 'Diff' }).click();
    await page.locator('.folded[open] > .diff .diff-added').filter({ hasText: '# From the page' }).first().waitFor();
    await expectClean(open);
  });

  it('goes on where it was after a reload in mid-run and after a restart of the gateway', async () => {
    await using world = await openWechat({}, { ...settings(), channels: {} });
    const first = await world.start();
    await using open = await visit(first);
    const { page } = open;
    await open.say('[[say: before the gate]] [[gate: mid]] [[say: after the gate]]');
    await page.getByRole('log').getByText('before the gate', { exact: true }).waitFor();
    await world.model.reached('mid');
    await page.reload();
    await page.getByRole('log').getByText('before the gate', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    world.model.release('mid');
    await page.getByRole('log').getByText('after the gate', { exact: true }).waitFor();
    await page.getByRole('log').getByText('Done', { exact: true }).waitFor();
    await first.stop();

    await using later = await visit(await world.start());
    await later.page.getByRole('log').getByText('after the gate', { exact: true }).waitFor();
    expect(await later.page.getByRole('article').count()).toBe(2);
    await expectClean(later);
  });

  it('stops a run', async () => {
    await using world = await openWechat({}, { ...settings(), channels: {} });
    await using open = await visit(await world.start());
    await open.say('[[gate: never]] [[say: unseen]]');
    await world.model.reached('never');
    await open.page.getByRole('button', { name: 'Stop' }).click();
    await open.page.locator('.run[data-status=interrupted]').waitFor();
    expect(await open.page.getByText('unseen', { exact: true }).count()).toBe(0);
    await expectClean(open);
  });

  it('CO-2: shows the place of a run that waits for another one, and keeps what is written in each chat', async () => {
    const runs = { quietWindowMs: 0, maxConcurrent: 1 };
    await using world = await openWechat({}, { ...settings(), channels: {}, runs });
    const gateway = await world.start();
    await using busy = await visit(gateway);
    await busy.say('[[gate: busy]] [[say: first]]');
    await world.model.reached('busy');
    await using open = await visit(gateway);
    const field = open.page.getByRole('textbox', { name: 'Message' });
    await field.fill('not yet');
    await open.page.getByRole('button', { name: 'New chat' }).click();
    expect(await field.inputValue()).toBe('');
    await open.say('[[say: second]]');
    await open.page.locator('.run-status').getByText('In line, next', { exact: true }).waitFor();
    world.model.release('busy');
    await open.page.getByRole('log').getByText('second', { exact: true }).waitFor();
    await open.page.goBack();
    await expect.poll(() => field.inputValue()).toBe('not yet');
    await expectClean(open);
  });

  it.each([
    { language: 'en', theme: 'light', width: 1280, stop: 'Stop', steer: 'Put in' },
    { language: 'zh', theme: 'dark', width: 390, stop: '停止', steer: '插入' },
  ] as const)('steers a run twice and stops it by its own controls, by keyboard, at $width px', async (look) => {
    const { language, stop, steer } = look;
    await using world = await openWechat({}, { ...settings(), language, channels: {} });
    await using open = await visit(await world.start(), look);
    const { page } = open;
    const isFocused = (what: Locator) => what.and(page.locator(':focus')).waitFor();
    await open.say('[[gate: first]] [[say: one]]');
    await world.model.reached('first');
    const controls = page.getByRole('group', {
      name: language === 'zh' ? '可对此任务进行的操作' : 'What can be done with this run',
    });
    const field = controls.getByRole('textbox');
    await field.waitFor();
    await expectClean(open);
    await field.focus();
    // Words that are put in make Codex ask its model anew.
    await page.keyboard.type('[[gate: second]] look at the tests');
    await page.keyboard.press('Enter');
    await world.model.reached('second');
    await expect.poll(() => field.inputValue()).toBe('');
    // The same field takes the next words, and whoever typed is still there.
    await isFocused(field);
    await page.keyboard.type('[[gate: third]] [[say: unseen]]');
    const submit = controls.getByRole('button', { name: steer, exact: true });
    await expect.poll(() => submit.isEnabled()).toBe(true);
    await page.keyboard.press('Tab');
    await isFocused(submit);
    await page.keyboard.press('Enter');
    await world.model.reached('third');
    expect(world.model.requests.at(-1)?.userTexts.join()).toContain('look at the tests');
    await expectClean(open);
    await controls.getByRole('button', { name: stop, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.run[data-status=interrupted]').waitFor();
    expect(await controls.count()).toBe(0);
    await isFocused(page.getByRole('log'));
    await expectClean(open);
  });

  it.each([
    { language: 'en', theme: 'dark', width: 1280, begin: 'New thread', told: 'The next message starts a new thread.' },
    { language: 'zh', theme: 'light', width: 390, begin: '新线程', told: '下一条消息将开启新线程。' },
  ] as const)('begins a new thread from the end of a run, by keyboard, at $width px', async (look) => {
    const { language, begin, told } = look;
    await using world = await openWechat({}, { ...settings(), language, channels: {} });
    await using open = await visit(await world.start(), look);
    const { page } = open;
    const log = page.getByRole('log');
    const controls = page.getByRole('group', { name: language === 'zh' ? '现在可进行的操作' : 'What can be done now' });
    const button = controls.getByRole('button', { name: begin, exact: true });
    await open.say('[[say: one]]');
    await button.waitFor();
    await open.say('[[say: two]]');
    await log.getByText('two', { exact: true }).waitFor();
    await button.waitFor();
    expect(world.model.requests.at(-1)?.userTexts.join()).toContain('say: one');
    expect(await button.count()).toBe(1);
    await expectClean(open);
    await button.focus();
    await page.keyboard.press('Enter');
    await log.getByText(told, { exact: true }).waitFor();
    await controls.waitFor({ state: 'detached' });
    await log.and(page.locator(':focus')).waitFor();
    await expectClean(open);
    await open.say('[[say: three]]');
    await log.getByText('three', { exact: true }).waitFor();
    expect(world.model.requests.at(-1)?.userTexts.join()).not.toContain('say: one');
    await button.waitFor();
  });

  it.each([
    { language: 'en', theme: 'light', width: 1280, begin: 'New thread', told: 'The next message starts a new thread.' },
    { language: 'zh', theme: 'dark', width: 390, begin: '新线程', told: '下一条消息将开启新线程。' },
  ] as const)('offers the end of the last run after a restart, once, at $width px', async (look) => {
    const { language, begin, told } = look;
    await using world = await openWechat({}, { ...settings(), language, channels: {} });
    const buttonOf = ({ page }: OpenPage) => page.getByRole('button', { name: begin, exact: true });
    const said = ({ page }: OpenPage, text: string) => page.getByRole('log').getByText(text, { exact: true });
    const first = await world.start();
    await using before = await visit(first, look);
    for (const word of ['one', 'two']) {
      await before.say(`[[say: ${word}]]`);
      await said(before, word).waitFor();
      await buttonOf(before).waitFor();
    }
    await first.stop();

    const second = await world.start();
    await using after = await visit(second, look);
    await said(after, 'two').waitFor();
    await buttonOf(after).waitFor();
    expect(await buttonOf(after).count()).toBe(1);
    await after.page.getByRole('article').last().getByRole('button', { name: begin, exact: true }).waitFor();
    await expectClean(after);
    await buttonOf(after).click();
    await said(after, told).waitFor();
    await buttonOf(after).waitFor({ state: 'detached' });
    await after.page.reload();
    await said(after, told).waitFor();
    expect(await buttonOf(after).count()).toBe(0);
    await second.stop();

    await using later = await visit(await world.start(), look);
    await said(later, 'two').waitFor();
    expect(await buttonOf(later).count()).toBe(0);
    await later.say('[[say: three]]');
    await said(later, 'three').waitFor();
    expect(world.model.requests.at(-1)?.userTexts.join()).not.toContain('say: one');
    await expectClean(later);
  });

  it('shows HTML of the model as the text it is, and leads nowhere but to the web', async () => {
    await using world = await openWechat({}, { ...settings(), channels: {} });
    await using open = await visit(await world.start());
    await open.say('[[say: <img src=x onerror=alert(1)> [trap](javascript:alert(1)) [site](https://example.test/)]]');
    const log = open.page.getByRole('log');
    await log.getByRole('link', { name: 'site' }).waitFor();
    expect(await log.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.test/',
    ]);
    expect(await log.locator('img').count()).toBe(0);
    await log.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    await expectClean(open);
  });

  it('logs a WeChat account in by QR code, which then works without a restart', async () => {
    await using world = await openWechat({}, settings());
    const gateway = await world.start();
    expect(gateway.ready.channels).toMatchObject({ wechat: 'needs-login' });
    await using open = await visit(gateway);
    const { page } = open;
    await page.getByRole('link', { name: 'Accounts' }).click();
    await page.getByText('needs a login').waitFor();
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('img', { name: 'QR code to scan with the phone' }).waitFor();
    await expectClean(open);
    world.fake.phone.confirm();
    // Behind the dialog stands that nobody has logged in.
    await page.getByRole('dialog').getByText('Logged in').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    const account = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'wechat' }) });
    await account.getByText('connected', { exact: true }).waitFor();
    world.fake.say('[[say: to the phone]]');
    await world.reads(/to the phone/);
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByText('to the phone').waitFor();
    await expectClean(open);
  });

  it.each([
    { language: 'en', theme: 'light', width: 1280 },
    { language: 'zh', theme: 'dark', width: 390 },
  ] as const)('has every part in $language, $theme, at $width px', async ({ language, theme, width }) => {
    await using world = await openWechat({}, { ...settings(), channels: {} });
    await using open = await visit(await world.start(), { language, theme, width });
    const { page } = open;
    await open.say('[[say: a word]]');
    await page.getByRole('log').getByText('a word', { exact: true }).waitFor();
    const names =
      language === 'zh' ? ['聊天', '动态', '线程', '账号', '系统'] : ['Chat', 'Activity', 'Threads', 'Accounts', 'System'];
    for (const name of names) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle').catch(() => {});
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
      await expectClean(open);
    }
    expect(await page.evaluate('document.documentElement.lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
    await page.getByRole('button', { name: language === 'zh' ? '校验日志链' : 'Check the chain' }).click();
    await page.getByText(language === 'zh' ? /完整：共 \d+ 条记录/ : /Unbroken: \d+ records/).waitFor();
  });
});
