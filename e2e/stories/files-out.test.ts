import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWechat, type WechatWorld } from '../world/open-wechat.ts';
import { until } from '../world/until.ts';

const sentFiles = ({ fake }: WechatWorld) => fake.sent.flatMap(({ media }) => (media === undefined ? [] : [media]));

it('sends the owner a file that a run made, and none that hides a secret or lies elsewhere', async () => {
  await using world = await openWechat({}, { runs: { quietWindowMs: 0 } });
  await world.logIn();
  await world.start();
  const commands = ['printf made > report.txt', 'printf x > .env', 'ln -s /etc/passwd users.txt', 'ls'].join(' && ');
  world.fake.say(`[[run: ${commands}]] [[say: See report.txt, users.txt and .env]]`);
  await world.reads(/1 file \(and 2 that may not be sent\)/);
  world.fake.say('/artifacts');
  await world.reads(/`1` report\.txt · 1 KB/);
  const listed = world.read();
  expect(listed).toMatch(/users\.txt · it is not inside of the workspace/);
  expect(listed).toMatch(/\.env · files of such a name/);
  world.fake.say('/sendfile all');
  await until(
    () => sentFiles(world)[0],
    () => `nothing was sent; they read:\n${world.read()}`,
  );
  expect(sentFiles(world)).toMatchObject([{ kind: 'file', name: 'report.txt' }]);
  expect(Buffer.from(sentFiles(world)[0]?.bytes ?? []).toString()).toBe('made');
  expect(world.fake.mistakes).toEqual([]);
});

it('sends nothing that took the place of a file after it was looked at', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  world.fake.say('[[run: printf made > report.txt]] [[say: report.txt is there]]');
  await world.reads(/1 file/);
  await rm(join(world.workspace, 'report.txt'));
  await symlink('/etc/passwd', join(world.workspace, 'report.txt'));
  world.fake.say('/sendfile 1');
  await world.reads(/report\.txt.? was not sent: it is not inside/);
  await rm(join(world.workspace, 'report.txt'));
  await writeFile(join(world.workspace, 'report.txt'), 'something else');
  world.fake.say('/sendfile 1');
  await world.reads(/report\.txt.? was not sent: it has changed/);
  expect(sentFiles(world)).toEqual([]);
  expect(await readFile(join(world.workspace, 'report.txt'), 'utf8')).toBe('something else');
});
