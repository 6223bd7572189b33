import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type Clock, isGatewayError, isTerminal, type RunEvent, systemClock, type ThreadId } from '@threadbridge/contract';
import { afterEach, expect, it, vi } from 'vitest';
import { stopServer } from '../src/index.ts';
import { collect, isAlive, ofType, type SocketWorld, setUp, setUpSocket, untilGone, type World } from './set-up.ts';

/** 200 in the long form: `CODEX_RUNNER_KILLS=200`. */
const kills = Number(process.env.CODEX_RUNNER_KILLS ?? 40);
const seed = Number(process.env.CODEX_RUNNER_SEED ?? 20_260_131);

let world: World | SocketWorld | undefined;
afterEach(async () => {
  await world?.[Symbol.asyncDispose]();
  world = undefined;
});

/** Time in which a minute has passed since the last death, so that the next start need not wait. */
function forgivingClock(): Clock & { forgive(): void } {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    forgive() {
      aheadMs += 61_000;
    },
  };
}

/** Mulberry32: the same moments for the same seed. */
function dice(state: number): (sides: number) => number {
  let at = state;
  return (sides) => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const prompt = '[[think: Hm.]] [[say: one two three four]] [[run: echo five]] [[run: true]] [[say: six seven eight nine ten]]';

async function killAtRandom(given: World, clock: { forgive(): void }, times: number) {
  const roll = dice(seed);
  const outcomes = { completed: 0, lost: 0 };
  let thread: ThreadId | undefined;
  for (let n = 0; n < times; n++) {
    clock.forgive();
    await given.runner.check();
    const pid = given.pids.at(-1) as number;
    // At some event, or at some moment that no event marks.
    const atEvent = roll(2) === 0 ? roll(24) : undefined;
    const afterMs = roll(160);
    const kill = () => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    };
    const timer = atEvent === undefined ? setTimeout(kill, afterMs) : undefined;
    const events: RunEvent[] = [];
    const about = `kill ${n} of seed ${seed}, ${atEvent === undefined ? `after ${afterMs} ms` : `at event ${atEvent}`}`;
    try {
      await collect(given.start(prompt, thread === undefined ? {} : { thread }), (event) => {
        if (events.push(event) - 1 === atEvent) kill();
      });
      expect(events.filter(isTerminal), about).toHaveLength(1);
      outcomes.completed++;
    } catch (error) {
      if (!isGatewayError(error)) throw error;
      expect(error.code, about).toBe('runner.lost');
      expect(events.filter(isTerminal), about).toEqual([]);
      if (error.certain) expect(ofType(events, 'turn.started'), about).toEqual([]);
      outcomes.lost++;
    }
    clearTimeout(timer);
    kill();
    await untilGone(pid);
    const begun = ofType(events, 'turn.started').length > 0 ? ofType(events, 'thread.started')[0]?.thread : undefined;
    // The system knows of a death before this process hears of it.
    await given.runner.check();
    clock.forgive();
    const next = await collect(given.start(`[[say: next ${n}]]`, begun === undefined ? {} : { thread: begun }));
    expect(next.filter(isTerminal), about).toEqual([expect.objectContaining({ type: 'turn.completed', text: `next ${n}` })]);
    // Threads do not grow for ever.
    thread = n % 8 === 7 ? undefined : ofType(next, 'thread.started')[0]?.thread;
  }
  return outcomes;
}

/**
 * What is left of a world: processes that work in its workspace, or were started for its Codex home. Process ids alone say nothing, the system gives
 * them out again. Where there is no `/proc` nothing is found.
 */
function leftOf(given: World): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => {
    try {
      if (!/^\d+$/.test(name) || !isAlive(Number(name))) return false;
      const isAtWork = readlinkSync(`/proc/${name}/cwd`).startsWith(given.workspace);
      return isAtWork || readFileSync(`/proc/${name}/environ`, 'utf8').includes(`CODEX_HOME=${given.home}`);
    } catch {
      return false;
    }
  });
}

/** What was ended takes a moment to go. What does not go fails the test, named by its ids. */
async function untilNothingIsLeft(given: World): Promise<void> {
  await vi.waitFor(() => expect(leftOf(given)).toEqual([]), { timeout: 5_000, interval: 5 });
}

it(`survives ${kills} kills of its app-server: one end each, the next turn works, nothing is left`, async () => {
  const clock = forgivingClock();
  world = await setUp({ clock });
  const outcomes = await killAtRandom(world, clock, kills);
  expect(outcomes.completed + outcomes.lost).toBe(kills);
  expect(outcomes.lost).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(leftOf(world)).not.toEqual([]);
  await world.runner[Symbol.asyncDispose]();
  await untilNothingIsLeft(world);
}, 600_000);

it('survives them behind a socket, too', async () => {
  const clock = forgivingClock();
  const own = await setUpSocket({ clock });
  world = own;
  const outcomes = await killAtRandom(own, clock, Math.ceil(kills / 4));
  expect(outcomes.lost).toBeGreaterThan(0);
  await world.runner[Symbol.asyncDispose]();
  await stopServer(own.socket, { drainMs: 0 });
  await untilNothingIsLeft(world);
}, 600_000);
