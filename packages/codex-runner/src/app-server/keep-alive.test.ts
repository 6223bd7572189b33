import { GatewayError, silentLogger } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { deferred } from '../rpc/deferred.ts';
import type { AppServer } from './app-server.ts';
import { keepAlive } from './keep-alive.ts';

/** Servers that do nothing but live and die. */
const setUp = () => {
  const clock = createManualClock();
  const servers: { readonly server: AppServer; readonly die: () => Promise<void> }[] = [];
  const failures: GatewayError[] = [];
  let attempts = 0;
  let shiftMs = 0;
  const kept = keepAlive({
    clock: { now: () => clock.now() - shiftMs, sleep: clock.sleep },
    logger: silentLogger,
    async connect() {
      attempts++;
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      const closed = deferred<GatewayError>();
      const die = async () => {
        closed.resolve(new GatewayError('runner.lost', 'gone'));
        await settled();
      };
      const server = { closed: closed.promise, close: die } as unknown as AppServer;
      servers.push({ server, die });
      return server;
    },
  });
  const use = () => kept.use(new AbortController().signal);
  const putBack = (ms: number) => {
    shiftMs += ms;
  };
  return { clock, servers, failures, kept, use, putBack, attempts: () => attempts };
};
const lost = () => new GatewayError('runner.lost', 'no');

it('starts with the first use, once for all', async () => {
  const { use, attempts } = setUp();
  expect(attempts()).toBe(0);
  const [one, two] = await Promise.all([use(), use()]);
  expect(one).toBe(two);
  expect(attempts()).toBe(1);
});

it('starts again after a death, and waits longer each time it dies soon', async () => {
  const { use, servers, clock, attempts } = setUp();
  await use();
  for (const pauseMs of [250, 500, 1_000]) {
    await servers.at(-1)?.die();
    const next = use();
    await clock.advance(pauseMs - 1);
    const before = attempts();
    await clock.advance(1);
    await next;
    expect(attempts()).toBe(before + 1);
  }
});

it('waits no longer where the clock was put back since the death', async () => {
  const { use, servers, clock, putBack, attempts } = setUp();
  await use();
  await servers.at(-1)?.die();
  putBack(3_600_000);
  const next = use();
  await clock.advance(250);
  expect(attempts()).toBe(2);
  await next;
});

it('forgets earlier deaths of one that lived long', async () => {
  const { use, servers, clock } = setUp();
  for (let n = 0; n < 5; n++) {
    const next = use();
    await clock.advance(30_000);
    await next;
    await servers.at(-1)?.die();
  }
  const steady = use();
  await clock.advance(30_000);
  await steady;
  await clock.advance(60_000);
  await servers.at(-1)?.die();
  const next = use();
  await clock.advance(250);
  expect(await next).toBe(servers.at(-1)?.server);
});

it('tells each who asked that it did not start, and tries again later', async () => {
  const { use, failures, clock } = setUp();
  failures.push(lost());
  const outcomes = await Promise.allSettled([use(), use()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = use();
  await clock.advance(250);
  expect(await next).toBeDefined();
});

it('does not make people wait for a program they have just installed', async () => {
  const { use, failures } = setUp();
  failures.push(new GatewayError('runner.missing', 'no program'));
  await expect(use()).rejects.toMatchObject({ code: 'runner.missing' });
  expect(await use()).toBeDefined();
});

it('lets go of who is called off, and of nobody else', async () => {
  const { kept, use, servers, clock } = setUp();
  await use();
  await servers.at(-1)?.die();
  const stop = new AbortController();
  const [off, on] = [kept.use(stop.signal), use()];
  stop.abort();
  expect(await off).toBeUndefined();
  await clock.advance(250);
  expect(await on).toBe(servers.at(-1)?.server);
});

it('closes what lives, wakes who waits, and refuses what comes after', async () => {
  const { kept, use, servers } = setUp();
  await use();
  await servers.at(-1)?.die();
  const waiting = use();
  const outcome = expect(waiting).rejects.toMatchObject({ code: 'runner.lost', certain: true });
  await kept.close();
  await outcome;
  await expect(use()).rejects.toMatchObject({ code: 'runner.lost', certain: true });
});
