import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseLanguage } from './language.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'threadbridge-language-'));
  await writeFile(join(home, 'config.json'), JSON.stringify({ profiles: { default: {}, team: { language: 'zh' } } }));
});
afterAll(() => rm(home, { recursive: true }));

const choose = (words: string, locale: Readonly<Record<string, string>> = {}) =>
  chooseLanguage(words.split(' '), { THREADBRIDGE_HOME: home, ...locale });

it('takes what the call says, before all else', async () => {
  expect(await choose('doctor --lang zh', { LANG: 'en_US.UTF-8' })).toBe('zh');
  expect(await choose('--lang=en doctor --profile team', { LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(await choose('task start -- --lang zh')).toBe('en');
});

it('takes the first locale that is set', async () => {
  expect(await choose('doctor', { LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(await choose('doctor', { LC_ALL: 'en_GB.UTF-8', LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(await choose('doctor', { LC_ALL: '', LC_MESSAGES: 'zh', LANG: 'en_GB.UTF-8' })).toBe('zh');
});

it('takes the language of the profile where the locale says nothing that it speaks', async () => {
  expect(await choose('doctor --profile team')).toBe('zh');
  expect(await choose('doctor --profile team', { LANG: 'C.UTF-8' })).toBe('zh');
  expect(await choose('doctor --profile team', { LANG: 'en_US.UTF-8' })).toBe('en');
});

it('speaks English where nothing is known, or the configuration is wrong', async () => {
  expect(await choose('doctor', { LANG: 'de_DE.UTF-8' })).toBe('en');
  expect(await choose('doctor --profile nobody')).toBe('en');
  expect(await choose('doctor --config nowhere.json')).toBe('en');
});
