import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ProfileOverrides } from '@threadbridge/gateway';
import {
  type FakeIlink,
  type IlinkEndpoint,
  type IlinkFault,
  type IlinkMessage,
  startFakeIlink,
} from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { createDice } from '../chaos/dice.ts';
import { createGatewayChild } from '../world/gateway-child.ts';
import { until } from '../world/until.ts';

/** A longer form: `THREADBRIDGE_LOSS_MESSAGES=20000`. */
const count = Number(process.env.THREADBRIDGE_LOSS_MESSAGES ?? 2_000);
const people = Array.from({ length: 30 }, (_, index) => `person-${index}@im.wechat`);
const everyKill = 100;

const receiveFaults: readonly IlinkFault[] = [
  { type: 'cut' },
  { type: 'drop' },
  { type: 'drop', isProcessed: true },
  { type: 'garbage' },
  { type: 'status', status: 502 },
  { type: 'duplicate' },
];
const sendFaults: readonly IlinkFault[] = [
  { type: 'cut' },
  { type: 'drop' },
  { type: 'drop', isProcessed: true },
  { type: 'garbage' },
  { type: 'status', status: 502, isProcessed: true },
  { type: 'status', status: 502 },
  { type: 'no-id', isShown: true },
];

interface Message {
  readonly message: { readonly markdown: string };
}

interface Row {
  readonly scope: { readonly id: string };
  readonly effect: Message;
}

interface State {
  readonly scope: { readonly id: string };
  readonly ledger?: { readonly held: readonly Message[] };
}

const userOf = ({ id }: Row['scope']) => id.replace('wechat:', '');

interface Delivery {
  /** As the store says, or `held`. */
  readonly status: string;
  readonly to: string;
  readonly text: string;
}

/** A gateway process that can be killed and started again. */
async function openVictim(fake: FakeIlink) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-loss-')));
  const [home, workspace, turns] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'turns.jsonl')] as const;
  await Promise.all([mkdir(home), mkdir(workspace)]);
  const off = { enabled: false };
  const settings = {
    channels: {
      wechat: { type: 'ilink', baseUrl: fake.url, cdnBaseUrl: fake.cdnUrl, credentials: { source: 'env', name: 'WECHAT' } },
    },
    access: { owners: people.map((person) => `wechat:${person}`) },
    workspaces: { default: workspace },
    runs: { quietWindowMs: 0, maxConcurrent: 30, maxPending: 1_000 },
    ...{ nativeApi: off, console: off, taskApi: off },
  } satisfies ProfileOverrides;
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8', WECHAT: JSON.stringify(fake.credentials) };
  const { start, end } = createGatewayChild({ home, turns, settings, environment });

  return {
    ...{ start, end },
    /** The prompts of all turns that ever began. */
    turns: () =>
      existsSync(turns)
        ? readFileSync(turns, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as string)
        : [],
    /** What the store says became of everything that was to be said. To be asked while the gateway is down. */
    deliveries(): readonly Delivery[] {
      const database = new DatabaseSync(join(home, 'profiles', 'default', 'store.db'), { readOnly: true });
      try {
        const rows = database.prepare("SELECT status, body FROM effects WHERE type = 'deliver' ORDER BY seq").all();
        const asked = rows.map(({ status, body }): Delivery => {
          const { scope, effect } = JSON.parse(String(body)) as Row;
          return { status: String(status), to: userOf(scope), text: effect.message.markdown };
        });
        const states = database
          .prepare('SELECT state FROM scopes')
          .all()
          .map(({ state }) => JSON.parse(String(state)) as State);
        const held = states.flatMap(({ scope, ledger }) =>
          (ledger?.held ?? []).map(({ message }): Delivery => ({ status: 'held', to: userOf(scope), text: message.markdown })),
        );
        return [...asked, ...held];
      } finally {
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

const numbersIn = (texts: readonly string[]) => texts.flatMap((text) => text.match(/\bm\d+\b/g) ?? []);

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const isAnswer = (text: string) => text.startsWith('You said:');
/** Not begun, or held back by the budget: said later. */
const waits = new Set(['open', 'held']);

it(
  `loses none of ${count} messages, does none twice and answers none twice, under faults, repetitions and kill -9`,
  async () => {
    const roll = createDice(7).next;
    const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
    await using fake = await startFakeIlink({ holdMs: 500 });
    await using victim = await openVictim(fake);
    await victim.start();
    const said: IlinkMessage[] = [];
    const writers = new Map<string, string>();
    const say = () => {
      const from = people[said.length % people.length] as string;
      writers.set(`m${said.length}`, from);
      said.push(fake.say(`m${said.length}`, { from }));
    };
    const begun = (least: number) =>
      until(
        () => (numbersIn(victim.turns()).length >= least ? true : undefined),
        () => `of ${said.length} messages ${numbersIn(victim.turns()).length} came to a turn`,
      );
    const failedAt = new Map<IlinkEndpoint, number>();
    /** One at a time: after several in a row the gateway would wait for half a minute, and so would we. */
    const failNext = (endpoint: IlinkEndpoint, faults: readonly IlinkFault[]) => {
      const asked = fake.requests.filter((request) => request.endpoint === endpoint).length;
      if (failedAt.get(endpoint) === asked) return;
      failedAt.set(endpoint, asked);
      fake.fail(endpoint, pick(faults));
    };
    let kills = 0;
    for (let n = 0; n < count; n += 1) {
      if (roll() < 0.05) failNext('getupdates', receiveFaults);
      if (roll() < 0.1) failNext('sendmessage', sendFaults);
      say();
      if (roll() < 0.1) fake.redeliver(pick(said));
      if (n % 20 === 19) await begun(n - 60 - kills * 15);
      if (n % everyKill === everyKill - 1) {
        await victim.end('SIGKILL');
        kills += 1;
        await victim.start();
      }
    }

    // Everybody writes once more for the last fault, and once without any.
    const sends = () => fake.requests.filter(({ endpoint }) => endpoint === 'sendmessage').length;
    const before = sends();
    people.forEach(say);
    await until(
      () => (sends() > before ? true : undefined),
      () => 'nothing was sent any more',
    );
    people.forEach(say);
    const latest = [...writers.keys()].slice(-people.length);
    const missing = () => latest.filter((name) => !numbersIn(victim.turns()).includes(name));
    await until(
      () => (missing().length === 0 ? true : undefined),
      () => `${missing().join(', ')} came to no turn`,
    );
    await victim.end('SIGTERM');

    /** Messages that are in no answer that came to an end, and were not cut off. */
    function unsettled(): readonly string[] {
      const over = victim.deliveries();
      const known = new Set(numbersIn(over.map(({ text }) => text)));
      const cutOff = new Set(over.flatMap(({ to, text }) => (/cut off/.test(text) ? [to] : [])));
      return [...writers].flatMap(([name, from]) => (known.has(name) || cutOff.has(from) ? [] : [name]));
    }

    expect(unsettled()).toEqual([]);
    const twice = (counts: ReadonlyMap<string, number>) => [...counts].filter(([, times]) => times > 1);
    expect(twice(tally(numbersIn(victim.turns())))).toEqual([]);
    // What is said to be sent is there once; what is in doubt is there once or not at all, and is told.
    const shown = tally(fake.sent.map(({ to, text = '' }) => `${to}: ${text}`));
    const deliveries = victim.deliveries();
    const answers = deliveries.filter(({ text }) => isAnswer(text));
    const wrong = answers.filter(({ status, to, text }) => {
      const times = shown.get(`${to}: ${text}`) ?? 0;
      const isTold = deliveries.some(
        (other) => other.to === to && other.text.includes(`“${text.replaceAll(/\s+/g, ' ').slice(0, 80)}`),
      );
      return status === 'done' ? times !== 1 : status === 'unknown' ? times > 1 || !isTold : times > 0 || !waits.has(status);
    });
    expect(wrong).toEqual([]);
    expect(twice(tally(numbersIn(answers.map(({ text }) => text))))).toEqual([]);
    // Answers come in the order of the questions.
    for (const person of people) {
      const own = fake.sent.flatMap(({ to, text = '' }) => (to === person && isAnswer(text) ? numbersIn([text]) : []));
      expect(own, person).toEqual(own.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
    }
    expect(kills).toBe(Math.floor(count / everyKill));
    expect(fake.refusals).toEqual([]);
    expect(fake.mistakes).toEqual([]);
  },
  170_000 + count * 50,
);
