import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';
import { runChild } from './child.ts';
import { canRunSqlite, clockAhead, placeOfEachTest } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('other processes', { timeout: 30_000 }, () => {
  const place = placeOfEachTest();

  it('refuses while another process has it open, and opens as soon as that one was killed', async () => {
    await using child = runChild('open-and-write', place.path);
    expect(await child.line()).toBe('open');
    await expect(createSqliteStore({ path: place.path })).rejects.toMatchObject({
      code: 'store.held',
      message: expect.stringContaining(`the child (process ${child.process.pid} on `),
    });
    await child.kill();
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.nextInput()).toBeUndefined();
  });

  it('opens as soon as another process has closed it', async () => {
    await using child = runChild('open-and-write', place.path);
    expect(await child.line()).toBe('open');
    child.process.stdin.write('\n');
    expect(await child.line()).toBe('ok');
    child.process.stdin.end();
    await expect(child.line()).rejects.toThrow('ended');
    await using store = await createSqliteStore({ path: place.path });
    expect((await store.nextInput())?.id).toBe(causes(1).input.id);
  });

  it('does not keep a process alive that has nothing else to do, and opens after it', async () => {
    await using child = runChild('open-and-leave', place.path);
    expect(await child.line()).toBe('open');
    await expect(child.line()).rejects.toThrow('exit code 0');
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.nextInput()).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('fences a process that stood still and goes on', async () => {
    await using child = runChild('open-and-write', place.path);
    expect(await child.line()).toBe('open');
    child.process.kill('SIGSTOP');
    await using store = await createSqliteStore({ path: place.path, clock: clockAhead(60_000) });
    child.process.kill('SIGCONT');
    child.process.stdin.write('\n');
    expect(await child.line()).toBe('store.fenced');
    expect(await store.nextInput()).toBeUndefined();
  });

  it('says busy while another program keeps the file locked; nothing happened, and trying again helps', async () => {
    await using store = await createSqliteStore({ path: place.path, busyTimeoutMs: 20 });
    await using child = runChild('hold-lock', place.path);
    expect(await child.line()).toBe('locked');
    await expect(store.accept({ inputs: [causes(1).input] })).rejects.toMatchObject({
      code: 'store.busy',
      retry: { afterMs: expect.any(Number) },
      certain: true,
    });
    expect(await store.nextInput()).toBeUndefined();
    child.process.stdin.end();
    await expect(child.line()).rejects.toThrow('ended');
    await store.accept({ inputs: [causes(1).input] });
    expect(await store.nextInput()).toEqual(causes(1).input);
  });

  it('cannot be opened while the file is locked, and says so', async () => {
    await (await createSqliteStore({ path: place.path }))[Symbol.asyncDispose]();
    await using child = runChild('hold-lock', place.path);
    expect(await child.line()).toBe('locked');
    await expect(createSqliteStore({ path: place.path, busyTimeoutMs: 20 })).rejects.toMatchObject({ code: 'store.busy' });
  });
});
