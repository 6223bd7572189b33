import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

const nobody = { channels: { wechat: { type: 'ilink' } } };

it('shows the code that makes somebody the owner, and none where there is an owner', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure(nobody);
  const { code, stdout } = await runCli(['claim', '--json'], place.environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...{ profile: 'default', isOwned: false },
    ...{ code: expect.stringMatching(/^[a-z2-9]{4}-[a-z2-9]{4}$/), until: expect.any(Number) },
  });
  expect((await runCli(['claim'], place.environment)).stdout).toMatch(/\/claim [a-z2-9]{4}-[a-z2-9]{4}\n$/);
  await place.configure({ ...nobody, access: { owners: ['wechat:olga'] } });
  const owned = await runCli(['claim'], place.environment);
  expect(owned).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('has an owner already') });
});

it('changes the key of buttons and codes without showing it, and forgets the former ones when told to', {
  timeout: 60_000,
}, async () => {
  await using place = await openPlace();
  await place.configure(nobody);
  const before = (await runCli(['claim', '--json'], place.environment)).stdout;
  const rotated = await runCli(['secret', 'rotate', 'tokens', '--json'], place.environment);
  expect(JSON.parse(rotated.stdout)).toEqual({ profile: 'default', rotated: 'tokens', formerKeys: 1 });
  expect(JSON.parse((await runCli(['claim', '--json'], place.environment)).stdout).code).not.toBe(JSON.parse(before).code);
  const told = await runCli(['secret', 'rotate', 'tokens'], place.environment);
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('stay good until they expire') });
  expect(told.stdout).not.toMatch(/[\w-]{43}/);
  const revoked = await runCli(['secret', 'rotate', 'tokens', '--revoke', '--json'], place.environment);
  expect(JSON.parse(revoked.stdout)).toMatchObject({ formerKeys: 0 });
});

it('explains policy with the people who were let in by a chat, beside the gateway and after it', {
  timeout: 90_000,
}, async () => {
  await using place = await openPlace();
  await place.configure({});
  const ask = ['policy', 'explain', '--channel', 'wechat', '--user', 'ada', '--command', 'cd', '--json'];
  const answers = async () => JSON.parse((await runCli(ask, place.environment)).stdout).answers;
  expect(await answers()).toMatchObject([{ question: 'admission', decision: 'refused (stranger)' }]);
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.write('/invite wechat:ada admin\n');
  await chat.sees(/is now an admin/);
  const invited = [
    { question: 'admission', decision: 'allowed as admin', because: [expect.stringMatching(/^invited by terminal:/)] },
    { question: 'command', decision: 'allowed', because: ['/cd is open to the role admin'] },
  ];
  expect(await answers()).toEqual(invited);
  chat.child.stdin.end();
  expect((await chat.end).code).toBe(0);
  expect(await answers()).toEqual(invited);
});
