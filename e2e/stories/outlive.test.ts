import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openVictim, turnsOf } from '../world/open-victim.ts';
import { appServersOf, processesOf } from '../world/processes.ts';
import { until } from '../world/until.ts';

/** What Codex has written down of all threads. */
function recordsOf(codexHome: string): string {
  const files = readdirSync(join(codexHome, 'sessions'), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('');
}

const socket = { transport: 'socket' } as const;

it.each(['SIGKILL', 'SIGUSR2'] as const)('a turn outlives a gateway that ends by %s; its end arrives once', async (signal) => {
  await using victim = await openVictim(socket);
  await victim.start();
  victim.platform.say('[[gate: mid]] [[say: the end of it]]');
  await victim.model.reached('mid');
  const [server] = appServersOf(victim.codexHome);
  await victim.end(signal);
  expect(appServersOf(victim.codexHome)).toEqual([server]);
  await victim.start();
  victim.platform.say('[[say: waited for it]]');
  await victim.reads(/1 in line/);
  victim.model.release('mid');
  await victim.reads(/the end of it[\s\S]*waited for it/);
  expect(victim.platform.read()).not.toContain('cut off');
  expect(victim.platform.read().match(/the end of it/g)).toHaveLength(1);
  for (const prompt of ['gate: mid', 'waited for it']) expect(turnsOf(victim.model, prompt), prompt).toBe(1);
});

it('a turn that ended while nobody was there is told at the next start', async () => {
  await using victim = await openVictim(socket);
  await victim.start();
  victim.platform.say('[[gate: alone]] [[say: ended alone]]');
  await victim.model.reached('alone');
  await victim.kill();
  const asked = victim.model.requests.length;
  victim.model.release('alone');
  await until(
    () => (recordsOf(victim.codexHome).includes('"task_complete"') ? true : undefined),
    () => 'the turn does not end',
  );
  await victim.start();
  await victim.reads(/ended alone/);
  expect(victim.model.requests).toHaveLength(asked);
});

it.each(['SIGKILL', 'SIGUSR2'] as const)('a question that was open stays open under its code after %s', async (signal) => {
  await using victim = await openVictim(socket);
  await victim.start();
  victim.platform.say('[[run!: touch made.txt]] [[say: done with it]]');
  await victim.reads(/\/approve (\w+)` yes/);
  const code = /\/approve (\w+)` yes/.exec(victim.platform.read())?.[1];
  await victim.end(signal);
  victim.platform.say(`/approve ${code}`);
  await victim.start();
  await victim.reads(/done with it/);
  expect(victim.platform.read()).not.toContain('closed by Codex');
  expect(victim.platform.read().match(/`\/approve \w+` yes/g)).toHaveLength(1);
});

it('a stop ends the turn and the server, and says so', async () => {
  await using victim = await openVictim(socket);
  await victim.start();
  victim.platform.say('[[gate: never]] [[say: unseen]]');
  await victim.model.reached('never');
  await victim.end('SIGTERM');
  expect(processesOf(victim.codexHome)).toEqual([]);
  await victim.reads(/Stopped/);
});
