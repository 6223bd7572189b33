import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSqliteStore } from '@threadbridge/store';
import { expect, it } from 'vitest';
import { openPlace, type Place } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

const profileOf = (place: Place) => join(place.home, 'profiles', 'default');

/** A sitting in the terminal: what is said, until something is seen. */
async function say(place: Place, text: string, seen: RegExp): Promise<void> {
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.write(`${text}\n`);
  await chat.sees(seen);
  chat.child.stdin.end();
  expect((await chat.end).code).toBe(0);
}

it('a profile is copied while it works, put back, and goes on in the same thread', { timeout: 120_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const file = join(place.home, 'copy.tar.gz');
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.write('one\n');
  await chat.sees(/first message of this thread/);
  const made = await runCli(['backup', file, '--json'], place.environment);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(made.stdout)).toMatchObject({ file, profile: 'default', hasSecrets: false });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(profileOf(place))).not.toContainEqual(expect.stringMatching(/^backup-/));

  const refused = await runCli(['backup', 'restore', file], place.environment);
  expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining(`process ${chat.child.pid}`) });
  chat.write('two\n');
  await chat.sees(/your first one was “one”/);
  chat.child.stdin.end();
  expect((await chat.end).code).toBe(0);

  expect(await runCli(['backup', file], place.environment)).toMatchObject({ code: 2 });
  expect(await runCli(['backup', 'verify', file], place.environment)).toMatchObject({ code: 0 });
  const restored = JSON.parse((await runCli(['backup', 'restore', file, '--json'], place.environment)).stdout);
  expect(await readdir(restored.aside)).toContain('store.db');
  expect((await runCli(['audit', 'verify', '--json'], place.environment)).stdout).toContain('"isWhole":true,"count":2');
  await say(place, 'three', /You wrote: “three”/);
  expect(place.model.requests.map(({ lastUserText }) => lastUserText)).toEqual(['one', 'two', 'three']);
});

it('a run that went on when the copy was made is asked of nobody again', { timeout: 120_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const file = join(place.home, 'copy.tar.gz');
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.write('[[say: begun\\n]] [[run: sleep 60]]\n');
  await chat.sees(/^begun$/m);
  expect(await runCli(['backup', file], place.environment)).toMatchObject({ code: 0 });
  chat.child.kill('SIGINT');
  await chat.sees(/^Stopped \(“\[\[say: begun/m);
  chat.child.stdin.end();
  expect((await chat.end).code).toBe(0);
  const asked = place.model.requests.length;

  expect(await runCli(['backup', 'restore', file], place.environment)).toMatchObject({ code: 0 });
  const again = startCli(['start', '--terminal'], place.environment);
  await again.sees(/put back from a copy that was made while this run went on/);
  expect(place.model.requests).toHaveLength(asked);
  again.write('after\n');
  await again.sees(/You wrote: “after”/);
  again.child.stdin.end();
  expect((await again.end).code).toBe(0);
  expect(place.model.requests).toHaveLength(asked + 1);
});

it('secrets go along only when asked for, and open with their passphrase alone', { timeout: 120_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const plain = join(place.home, 'plain.tar.gz');
  const sealed = join(place.home, 'sealed.tar.gz');
  await say(place, 'one', /first message of this thread/);
  const withInput = (words: readonly string[], input: string) => {
    const cli = startCli(words, place.environment);
    cli.child.stdin.end(input);
    return cli.end;
  };
  await withInput(['secret', 'set', 'ci'], 'the-secret-of-ci\n');
  expect(await runCli(['backup', plain], place.environment)).toMatchObject({ code: 0 });
  const short = await withInput(['backup', sealed, '--with-secrets'], 'short\n');
  expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('at least 12') });
  expect(await withInput(['backup', sealed, '--with-secrets'], 'correct horse battery\n')).toMatchObject({ code: 0 });
  await runCli(['secret', 'remove', 'ci'], place.environment);
  const none = await withInput(['backup', 'restore', plain, '--with-secrets'], 'correct horse battery\n');
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no secrets') });
  const wrong = await withInput(['backup', 'restore', sealed, '--with-secrets'], 'another passphrase\n');
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('do not open') });
  expect((await runCli(['secret', 'list'], place.environment)).stdout).not.toContain('ci');
  expect(await withInput(['backup', 'restore', sealed, '--with-secrets'], 'correct horse battery\n')).toMatchObject({ code: 0 });
  expect((await runCli(['secret', 'list'], place.environment)).stdout).toContain('ci');
});

it('a damaged backup changes nothing', { timeout: 120_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const file = join(place.home, 'copy.tar.gz');
  expect(await runCli(['backup', file], place.environment)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no store'),
  });
  await say(place, 'one', /first message of this thread/);
  expect(await runCli(['backup', file], place.environment)).toMatchObject({ code: 0 });
  const bytes = await readFile(file);
  const before = await readdir(profileOf(place));
  for (const [name, damaged] of [
    ['cut.tar.gz', bytes.subarray(0, bytes.length / 2)],
    ['no-archive.tar.gz', Buffer.from('hello')],
  ] as const) {
    const other = join(place.home, name);
    await writeFile(other, damaged);
    const { code, stderr } = await runCli(['backup', 'restore', other], place.environment);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/of no use.*Use another backup/) });
  }
  expect(await readdir(profileOf(place))).toEqual(before);
  const gone = await runCli(['backup', 'restore', join(place.home, 'gone.tar.gz')], place.environment);
  expect(gone.code).toBe(2);
});

it('a profile can be put where there is nothing: configuration, store and the files people sent', {
  timeout: 120_000,
}, async () => {
  await using place = await openPlace();
  await using elsewhere = await openPlace();
  await place.configure({});
  await say(place, 'one', /first message of this thread/);
  const media = join(profileOf(place), 'media', 'a', 'files');
  await mkdir(media, { recursive: true });
  await writeFile(join(media, 'note.txt'), 'a note');
  const file = join(elsewhere.home, 'copy.tar.gz');
  expect(await runCli(['backup', file], place.environment)).toMatchObject({ code: 0 });
  expect(await runCli(['backup', 'restore', file], elsewhere.environment)).toMatchObject({ code: 0 });
  expect(await readFile(elsewhere.configFile, 'utf8')).toBe(await readFile(place.configFile, 'utf8'));
  expect(await readFile(join(profileOf(elsewhere), 'media', 'a', 'files', 'note.txt'), 'utf8')).toBe('a note');
  await using store = await createSqliteStore({ path: join(profileOf(elsewhere), 'store.db') });
  expect(await store.checkIntegrity()).toEqual([]);
});
