import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { examineRules } from './examine-rules.ts';

const texts = textsIn('en');

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'threadbridge-rules-'));
});
afterEach(() => rm(home, { recursive: true }));

it('lists what was allowed for good, and how to take it back', async () => {
  await mkdir(join(home, 'rules'));
  const first = 'prefix_rule(pattern=["npm", "test"], decision="allow")';
  const second = 'network_rule(host = "example.org", protocol = "https", decision = "allow")';
  await writeFile(join(home, 'rules', 'default.rules'), `# mine\n\n${first}\n${second}\n`);
  await writeFile(join(home, 'rules', 'notes.txt'), 'nothing\n');
  expect(await examineRules(home, texts)).toEqual([
    { name: 'rules', state: 'ok', text: `Allowed for good, in default.rules: ${first}` },
    {
      ...{ name: 'rules', state: 'ok', text: `Allowed for good, in default.rules: ${second}` },
      remedy: expect.stringContaining(join(home, 'rules')),
    },
  ]);
});

it('says nothing where nothing was allowed for good', async () => {
  expect(await examineRules(home, texts)).toEqual([]);
});

it('says so where the rules cannot be read', async () => {
  await mkdir(join(home, 'rules', 'folder.rules'), { recursive: true });
  expect(await examineRules(home, texts)).toMatchObject([{ name: 'rules', state: 'warn' }]);
});
