import { askControl, loadConfig, resolveProfile } from '@threadbridge/gateway';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { describe, expect, it } from 'vitest';
import { openPlace, type Place } from './support/place.ts';
import { type RunningCli, startCli } from './support/run-cli.ts';

type AtStop = 'interrupt' | 'finish';

/** Promised to whoever stops it. */
const boundMs = 10_000;

/** A service with a person on WeChat. */
async function openService(atStop: AtStop) {
  const place = await openPlace();
  const fake = await startFakeIlink({ holdMs: 200 });
  const credentials = { source: 'env', name: 'WECHAT' };
  await place.configure({
    channels: { wechat: { type: 'ilink', baseUrl: fake.url, cdnBaseUrl: fake.cdnUrl, credentials } },
    access: { owners: [`wechat:${fake.credentials.userId}`] },
    runs: { quietWindowMs: 0, atStop },
  });
  const environment = { ...place.environment, WECHAT: JSON.stringify(fake.credentials) };
  const started: RunningCli[] = [];
  return {
    ...{ place, fake },
    async start(): Promise<RunningCli> {
      const cli = startCli(['start', '--json'], environment);
      started.push(cli);
      await cli.sees(/"event":"ready"/);
      return cli;
    },
    async [Symbol.asyncDispose]() {
      // A test that failed leaves them running.
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ end }) => end));
      await fake.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

const read = (fake: FakeIlink) => fake.sent.map(({ text }) => text).join('\n---\n');

/** A turn that has begun and waits for its gate. */
async function begin(fake: FakeIlink, { model }: Place, gate: string): Promise<void> {
  fake.say(`[[gate: ${gate}]] [[say: the end of ${gate}]]`);
  await model.reached(gate);
}

/** The code with which it ends; within the bound. */
async function endOf(cli: RunningCli): Promise<number | null> {
  const late = AbortSignal.timeout(boundMs);
  const overdue = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error(`It did not stop within ${boundMs} ms.`)), { once: true });
  });
  const { code, stdout } = await Promise.race([cli.end, overdue]);
  expect(stdout).toMatch(/"event":"stopped","profile":"default"\}\n$/);
  return code;
}

/** Asks over the socket on which a running gateway answers the command line. */
async function ask({ home }: Place, verb: 'stop' | 'leave'): Promise<void> {
  const { paths } = resolveProfile(await loadConfig({ environment: {}, flags: { home } }));
  expect(await askControl(paths, verb)).toMatchObject({ pid: expect.any(Number) });
}

describe('a stop with a turn that runs', { timeout: 60_000 }, () => {
  it.each([
    ['SIGTERM', 0, async (cli: RunningCli) => void cli.child.kill('SIGTERM')],
    ['SIGINT', 130, async (cli: RunningCli) => void cli.child.kill('SIGINT')],
    ['the control socket', 0, (_: RunningCli, place: Place) => ask(place, 'stop')],
  ] as const)('by %s interrupts it, says so, and repeats nothing', async (_, code, stop) => {
    await using service = await openService('interrupt');
    const { fake, place } = service;
    const cli = await service.start();
    await begin(fake, place, 'never');
    await stop(cli, place);
    expect(await endOf(cli)).toBe(code);
    expect(read(fake)).toMatch(/Threadbridge was shut down\. Nothing is repeated by itself; send the message again to go on\.$/);
    const asked = place.model.requests.length;

    const next = await service.start();
    fake.say('[[say: in the same thread]]');
    await fake.until(() => /in the same thread/.test(read(fake)));
    expect(read(fake)).not.toMatch(/^the end of never/m);
    expect(place.model.requests.slice(asked)).toHaveLength(1);
    expect(place.model.requests.at(-1)?.userTexts[0]).toContain('gate: never');
    next.child.kill('SIGTERM');
    expect(await endOf(next)).toBe(0);
  });

  it('twice by SIGINT is in good order, too', async () => {
    await using service = await openService('interrupt');
    const cli = await service.start();
    await begin(service.fake, service.place, 'never');
    cli.child.kill('SIGINT');
    await cli.sees(/"event":"stopping"/);
    cli.child.kill('SIGINT');
    expect(await endOf(cli)).toBe(130);
    expect(read(service.fake)).toMatch(/Threadbridge was shut down/);
  });

  it('that may finish waits for its end and tells it; what stood in line goes on after the next start', async () => {
    await using service = await openService('finish');
    const { fake, place } = service;
    const cli = await service.start();
    await begin(fake, place, 'soon');
    fake.say('[[say: waited for the next start]]');
    await fake.until(() => /in line/.test(read(fake)));
    cli.child.kill('SIGTERM');
    await cli.sees(/"event":"stopping"/);
    place.model.release('soon');
    expect(await endOf(cli)).toBe(0);
    expect(read(fake)).toMatch(/the end of soon$/);
    expect(read(fake)).not.toContain('shut down');
    const next = await service.start();
    await fake.until(() => /waited for the next start$/.test(read(fake)));
    next.child.kill('SIGTERM');
    expect(await endOf(next)).toBe(0);
  });

  it('that may finish, and does not, is interrupted in time, and said', async () => {
    await using service = await openService('finish');
    const { fake, place } = service;
    const cli = await service.start();
    await begin(fake, place, 'never');
    cli.child.kill('SIGTERM');
    expect(await endOf(cli)).toBe(0);
    expect(read(fake)).toMatch(/Threadbridge was shut down/);
  });

  it.each([
    ['SIGUSR2', async (cli: RunningCli) => void cli.child.kill('SIGUSR2')],
    ['the control socket', (_: RunningCli, place: Place) => ask(place, 'leave')],
  ] as const)('for another process to take over, by %s, leaves it to Codex; its end arrives once', async (_, leave) => {
    await using service = await openService('interrupt');
    const { fake, place } = service;
    const cli = await service.start();
    await begin(fake, place, 'left');
    await leave(cli, place);
    expect(await endOf(cli)).toBe(0);
    place.model.release('left');
    const next = await service.start();
    await fake.until(() => /the end of left/.test(read(fake)));
    expect(read(fake)).not.toContain('shut down');
    next.child.kill('SIGTERM');
    expect(await endOf(next)).toBe(0);
    expect(read(fake).match(/the end of left/g)).toHaveLength(1);
  });
});
