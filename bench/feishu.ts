import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ActorId, asId, type ItemId, type RunEvent, type ThreadId, type TurnId } from '@threadbridge/contract';
import { createGateway } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import { createFeishuChannel } from '@threadbridge/feishu-channel';
import { createSqliteStore } from '@threadbridge/store';
import { type FakeFeishu, startFakeFeishu } from '@threadbridge/testkit/feishu';
import { type Figure, quantile, rounded } from './figure.ts';
import { streaming } from './live.ts';

const words = 200;
const wordMs = 20;
const answer = Array.from({ length: words }, (_, n) => `word${n}`).join(' ');

/** Fifty chats of Feishu, all with a card that is being typed out, over the real SDK and a durable store. */
export async function benchFeishu(
  options: { readonly chats?: number; readonly rounds?: number } = {},
): Promise<readonly Figure[]> {
  const { chats = 50, rounds = 4 } = options;
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-bench-'));
  const stop = new AbortController();
  const fake = await startFakeFeishu();
  const people = Array.from({ length: chats }, (_, n) => `ou_person${n}`);
  const waits: number[] = [];
  try {
    await using store = await createSqliteStore({ path: join(directory, 'store.db') });
    const gateway = createGateway({
      ...{ store, runner: streaming(slowTurn) },
      channels: [createFeishuChannel({ appId: fake.app.id, appSecret: fake.app.secret, domain: fake.url })],
      rules: {
        ...testRules,
        access: { ...testRules.access, owners: people.map((id) => asId<ActorId>(`feishu:${id}`)) },
        runs: { ...testRules.runs, quietWindowMs: 0 },
      },
      files: createOpenFiles(),
    });
    const ended = gateway.run(stop.signal);
    await fake.until(() => fake.connections.open > 0);
    for (let round = 0; round < rounds; round += 1) {
      for (const from of people) {
        const count = fake.connections.deliveries.length;
        const saidAt = performance.now();
        fake.say(`question ${round}`, { from });
        const delivery = fake.connections.deliveries[count];
        void delivery?.first.then(() => waits.push(performance.now() - saidAt));
        await delay(5);
      }
      await fake.until(() => answered(fake) === chats * (round + 1));
    }
    stop.abort();
    await ended;
  } finally {
    await fake.close();
    await rm(directory, { recursive: true, force: true });
  }
  if (fake.mistakes.length > 0) throw new Error(`The client made mistakes: ${fake.mistakes.slice(0, 3).join(' ')}`);
  return [
    {
      name: `feishu: event → its answer, ${chats} busy chats, p99`,
      value: rounded(quantile(waits, 0.99)),
      unit: 'ms',
      target: { atMost: 300 },
    },
    { name: 'feishu: operations on one card within a second, most', value: busiest(fake), unit: '', target: { atMost: 10 } },
    {
      name: 'feishu: cards that lack words at the end',
      value: chats * rounds - answered(fake),
      unit: 'cards',
      target: { atMost: 0 },
    },
    { name: 'feishu: importing the package', value: rounded(await importMs()), unit: 'ms', target: { atMost: 50 } },
  ];
}

async function* slowTurn(): AsyncGenerator<RunEvent> {
  const item = asId<ItemId>('answer');
  yield { type: 'thread.started', thread: asId<ThreadId>('thread'), isNew: true };
  yield { type: 'turn.started', turn: asId<TurnId>('turn') };
  yield { type: 'item.started', item: { type: 'agent.message', id: item, phase: 'final', text: '' } };
  for (const delta of answer.split(/(?= )/)) {
    yield { type: 'text.delta', item, delta };
    await delay(wordMs);
  }
  yield { type: 'item.completed', item: { type: 'agent.message', id: item, phase: 'final', text: answer } };
  yield { type: 'turn.completed', turn: asId<TurnId>('turn'), text: answer };
}

const answered = (fake: FakeFeishu) =>
  fake.cards.filter((card) => !card.isStreaming && JSON.stringify(card.json).includes(`word${words - 1}"`)).length;

function busiest(fake: FakeFeishu): number {
  const counts = fake.cards.flatMap(({ operations }) =>
    operations.map((one) => operations.filter(({ at }) => at >= one.at && at < one.at + 1_000).length),
  );
  return Math.max(0, ...counts);
}

/** In a process of its own, without the start of Node. */
async function importMs(): Promise<number> {
  const module = JSON.stringify(import.meta.resolve('@threadbridge/feishu-channel'));
  const program = `const at = performance.now(); await import(${module}); console.log(performance.now() - at);`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  const times: number[] = [];
  for (let n = 0; n < 5; n += 1) times.push(Number((await run()).stdout));
  return quantile(times, 0.5);
}
