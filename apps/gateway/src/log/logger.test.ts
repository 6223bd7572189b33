import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LogOptions, openLog } from './logger.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-log-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function written(options: Partial<LogOptions>, use: (log: Awaited<ReturnType<typeof openLog>>) => void) {
  const log = await openLog({ directory, ...options });
  use(log);
  await log[Symbol.asyncDispose]();
  const lines = (await readFile(log.file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes one JSON object a line, the level as a word, the moment as a date', async () => {
  const [line, ...more] = await written({}, ({ logger }) => logger.warn({ channel: 'wechat', count: 2 }, 'slow'));
  expect(more).toEqual([]);
  expect(line).toMatchObject({ level: 'warn', channel: 'wechat', count: 2, msg: 'slow', pid: process.pid });
  expect(new Date(String(line?.time)).toISOString()).toBe(line?.time);
});

it('writes no secret, neither as a field nor in the message', async () => {
  const lines = await written({}, ({ logger, conceal }) => {
    conceal('open sesame');
    logger.info({ appSecret: 'a', note: 'Bearer abcdef0123456789', prompt: 'my diary' }, 'open sesame and sk-AbCdEfGhIjKlMnOp');
  });
  expect(lines[0]).toMatchObject({
    appSecret: '[secret]',
    note: 'Bearer [secret]',
    prompt: '[secret]',
    msg: '[secret] and [secret]',
  });
});

it('leaves out what is below the level', async () => {
  const lines = await written({ level: 'warn' }, ({ logger }) => {
    logger.debug({}, 'a');
    logger.info({}, 'b');
    logger.warn({}, 'c');
    logger.error({}, 'd');
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['c', 'd']);
});

it('goes on where it left off, in a file for its owner alone', async () => {
  await written({}, ({ logger }) => logger.info({}, 'first'));
  const lines = await written({}, ({ logger }) => logger.info({}, 'second'));
  expect(lines.map(({ msg }) => msg)).toEqual(['first', 'second']);
  if (process.platform !== 'win32') expect((await stat(join(directory, 'gateway.jsonl'))).mode & 0o777).toBe(0o600);
});

it('puts a file that grew too large aside at the start', async () => {
  await writeFile(join(directory, 'gateway.jsonl'), '');
  await truncate(join(directory, 'gateway.jsonl'), 2_000);
  const lines = await written({ rotateBytes: 1_000 }, ({ logger }) => logger.info({}, 'fresh'));
  expect(lines).toHaveLength(1);
  expect((await stat(join(directory, 'gateway.1.jsonl'))).size).toBe(2_000);
});

it('puts files aside while it writes, and keeps four of them', async () => {
  const lines = await written({ rotateBytes: 100 }, ({ logger }) => {
    for (let count = 0; count < 20; count += 1) logger.info({ count }, 'a line that is not much longer than it has to be');
  });
  expect(lines.at(-1)).toMatchObject({ count: 19 });
  const names = (await readdir(directory)).sort();
  expect(names).toEqual(['gateway.1.jsonl', 'gateway.2.jsonl', 'gateway.3.jsonl', 'gateway.4.jsonl', 'gateway.jsonl']);
});

it.runIf(process.platform === 'linux')('does not fail its program where no new file can be made', async () => {
  const { logger, ...log } = await openLog({ directory, rotateBytes: 100 });
  const tell = (about: string) => {
    for (let line = 0; line < 3; line += 1) logger.info({ about, line }, 'a line that is not much longer than it has to be');
  };
  await rm(directory, { recursive: true });
  tell('nowhere');
  await mkdir(directory);
  tell('here again');
  await log[Symbol.asyncDispose]();
  expect(await readFile(log.file, 'utf8')).toContain('here again');
});

it.runIf(process.platform === 'linux')('does not fail its program where the disk takes nothing', async () => {
  await symlink('/dev/full', join(directory, 'gateway.jsonl'));
  const { logger, ...log } = await openLog({ directory });
  for (let line = 0; line < 20; line += 1) logger.error({ note: 'x'.repeat(100_000) }, 'no room');
  await log[Symbol.asyncDispose]();
});
