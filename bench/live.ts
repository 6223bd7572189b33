import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import {
  asId,
  type Channel,
  type ItemId,
  type RunEvent,
  type Runner,
  type RunView,
  type ThreadId,
  type TurnId,
  viewText,
} from '@threadbridge/contract';
import { createFakePlatform } from '@threadbridge/contract/testing';
import { createGateway } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import { createSqliteStore } from '@threadbridge/store';
import { type Figure, quantile, rounded } from './figure.ts';
import { withLive } from './with-live.ts';

/** The least time between two changes of a view that a channel of ours asks for. */
const tickMs = 400;

/** How long a piece of the answer takes from Codex's word to the call of the channel, with nothing that throttles. */
export async function benchLive(options: { readonly deltas?: number } = {}): Promise<readonly Figure[]> {
  const { deltas = 3_000 } = options;
  const saidAt: number[] = [];
  const shown: { readonly at: number; readonly length: number }[] = [];
  const whole = 'x'.repeat(deltas);
  let last: RunView | undefined;

  async function* turn(): AsyncGenerator<RunEvent> {
    const item = asId<ItemId>('answer');
    yield { type: 'thread.started', thread: asId<ThreadId>('thread'), isNew: true };
    yield { type: 'turn.started', turn: asId<TurnId>('turn') };
    yield { type: 'item.started', item: { type: 'agent.message', id: item, phase: 'final', text: '' } };
    for (let n = 0; n < deltas; n += 1) {
      saidAt.push(performance.now());
      yield { type: 'text.delta', item, delta: 'x' };
      await turnOfLoop();
    }
    yield { type: 'item.completed', item: { type: 'agent.message', id: item, phase: 'final', text: whole } };
    yield { type: 'turn.completed', turn: asId<TurnId>('turn'), text: whole };
  }

  const platform = createFakePlatform({ now: Date.now, hasLive: true, maxText: 100_000 });
  const runner = streaming(turn);
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-bench-'));
  const stop = new AbortController();
  try {
    await using store = await createSqliteStore({ path: join(directory, 'store.db') });
    const gateway = createGateway({
      ...{ store, runner },
      channels: [
        watched(platform.connect(), (view) => {
          last = view;
          shown.push({ at: performance.now(), length: viewText(view).length });
        }),
      ],
      rules: {
        ...testRules,
        access: { ...testRules.access, owners: [platform.owner.id] },
        runs: { ...testRules.runs, quietWindowMs: 0 },
      },
      files: createOpenFiles(),
    });
    const ended = gateway.run(stop.signal);
    platform.say('stream');
    while (!platform.views[0]?.isClosed) await turnOfLoop();
    stop.abort();
    await ended;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  let at = 0;
  const waits = saidAt.map((said, index) => {
    while ((shown[at]?.length ?? Number.POSITIVE_INFINITY) <= index) at += 1;
    return (shown[at]?.at ?? Number.NaN) - said;
  });
  if (last === undefined || viewText(last) !== whole) throw new Error('The view did not show the whole answer at its end.');
  const backwards = shown.filter(({ length }, n) => length < (shown[n - 1]?.length ?? 0)).length;
  return [
    {
      name: `live view: Codex’s word → call of the channel, p99 (a tick of the chats is ${tickMs} ms)`,
      line: 'live view',
      value: rounded(quantile(waits, 0.99)),
      unit: 'ms',
      target: { atMost: tickMs },
    },
    {
      name: 'live view: pieces that are missing at the end',
      line: 'live view',
      value: waits.filter(Number.isNaN).length,
      unit: 'pieces',
      target: { atMost: 0 },
    },
    {
      name: 'live view: calls that showed less than the one before',
      line: 'live view',
      ...{ value: backwards, unit: 'calls', target: { atMost: 0 } },
    },
  ];
}

/** An agent whose every run is this turn. */
export function streaming(turn: () => AsyncGenerator<RunEvent>): Runner {
  const nothing = async () => {};
  return {
    capabilities: {},
    start: () => ({ events: turn(), steer: nothing, interrupt: nothing, answer: nothing }),
    check: async () => ({ isReady: true, findings: [] }) as never,
    [Symbol.asyncDispose]: nothing,
  };
}

/** The channel, seen by somebody who looks at every view it is given. */
function watched(channel: Channel, see: (view: RunView) => void): Channel {
  return withLive(channel, (live) => ({
    update(ref, view, controls) {
      see(view);
      return live.update(ref, view, controls);
    },
    close(ref, view, controls) {
      see(view);
      return live.close(ref, view, controls);
    },
  }));
}
