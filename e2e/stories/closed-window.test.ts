import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openNewcomer } from '../world/open-newcomer.ts';

it.each([
  ['with the chat in it', [], /Ctrl-D leaves/],
  ['without', ['--no-terminal'], /Ready/],
])('OP-7: the gateway ends in good order with the window it was started in, %s', async (_, words, isUp) => {
  await using newcomer = await openNewcomer({ locale: 'en_US.UTF-8' });
  const state = join(newcomer.home, '.threadbridge');
  const settings = { channels: {}, workspaces: { default: newcomer.project }, console: { port: 0 }, nativeApi: { port: 0 } };
  await mkdir(state, { mode: 0o700 });
  await writeFile(join(state, 'config.json'), JSON.stringify({ profiles: { default: settings } }));
  const at = newcomer.start(...words);
  await at.sees(isUp);
  at.close();
  await at.end;
  expect(await readFile(join(state, 'profiles', 'default', 'logs', 'gateway.jsonl'), 'utf8')).toContain('"msg":"closed"');
});
