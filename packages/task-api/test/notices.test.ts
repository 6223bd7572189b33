import { asId, type EffectKey, emptyView, type LiveRef, type StoredTask } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryTasks, createTaskService, type TaskService } from '../src/index.ts';

const clock = createManualClock();
/** How far the time of day was put back; pauses count on. */
let backMs = 0;
const sent: { readonly url: string; readonly id: string | null; readonly signature: string | null; readonly body: string }[] = [];
let answers: (number | 'unreachable')[] = [];
let stopping: AbortController;
let running: Promise<void>;
let service: TaskService;
let store: ReturnType<typeof createMemoryTasks>;

function open(): TaskService {
  const opened = createTaskService({
    ...{ store, peek: async () => undefined },
    clock: { now: () => clock.now() - backMs, sleep: clock.sleep },
    webhooks: { ci: { url: 'https://ci.test/told', secret: 'key' } },
    async fetch(url, init) {
      const headers = new Headers(init?.headers);
      expect(init?.redirect).toBe('manual');
      sent.push({
        url: String(url),
        id: headers.get('webhook-id'),
        signature: headers.get('webhook-signature'),
        body: String(init?.body),
      });
      const status = answers.shift() ?? 204;
      if (status === 'unreachable') throw new TypeError('fetch failed');
      return new Response(null, { status });
    },
  });
  stopping = new AbortController();
  running = opened.run(stopping.signal);
  return opened;
}
async function stop() {
  stopping.abort();
  await running;
}
beforeEach(() => {
  store = createMemoryTasks();
  sent.length = 0;
  answers = [];
  backMs = 0;
  service = open();
});
afterEach(stop);

async function finished(): Promise<string> {
  const wish = { prompt: 'x', sandbox: 'read-only', approvals: 'untrusted', notify: ['webhook:ci'], dryRun: false } as const;
  const { id } = await service.api.start({ ...wish, notify: [...wish.notify] }, 'program');
  const to = { id: asId<never>(`task:${id}`), channel: asId<never>('task'), kind: 'task' } as const;
  const live = service.channel.capabilities.live;
  const ref = (await live?.open(emptyView, { to, key: asId<EffectKey>(`${id}/run`) })) as LiveRef;
  await live?.close(ref, { ...emptyView, status: 'completed', texts: [{ item: asId('i'), text: 'all done', isDraft: false }] });
  await settle();
  return id;
}
/** Lets everything that is ready come to rest. */
async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await settled();
}
const notice = async (id: string) => (await service.api.status(id)).notices[0];

it('to the log of the task is there with the end', async () => {
  const tried = await service.api.start(
    { prompt: 'x', sandbox: 'read-only', approvals: 'untrusted', notify: ['local'], dryRun: true },
    'program',
  );
  expect(tried.notices).toMatchObject([{ target: 'local', state: 'delivered' }]);
});

describe('a webhook', () => {
  it('is told once, signed', async () => {
    const id = await finished();
    expect(sent).toMatchObject([
      { url: 'https://ci.test/told', id: `${id}-1`, signature: expect.stringMatching(/^v1,[\w+/]+=*$/) },
    ]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      type: 'task.ended',
      data: { id, status: 'completed', text: 'all done' },
    });
    expect(await notice(id)).toEqual({ id: `${id}-1`, target: 'webhook:ci', state: 'delivered', attempts: 1 });
    await clock.advance(10_000_000);
    expect(sent).toHaveLength(1);
  });

  it('that does not answer is tried again under the same id, later and later, also by the next process', async () => {
    answers = [503, 'unreachable', 500];
    const id = await finished();
    expect(await notice(id)).toMatchObject({ state: 'pending', attempts: 1, problem: 'The target answered 503.' });
    await clock.advance(5_000);
    await settle();
    expect(await notice(id)).toMatchObject({ attempts: 2, problem: 'The target could not be reached.' });
    await stop();
    service = open();
    await settle();
    expect(sent).toHaveLength(2);
    await clock.advance(30_000);
    await settle();
    await clock.advance(300_000);
    await settle();
    expect(await notice(id)).toMatchObject({ state: 'delivered', attempts: 4 });
    expect(new Set(sent.map((each) => each.id)).size).toBe(1);
  });

  it('is tried again after its pause also where the clock was put back, by this process or before the next', async () => {
    answers = [503, 503];
    const id = await finished();
    backMs = 76 * 60_000;
    await clock.advance(5_000);
    await settle();
    expect(await notice(id)).toMatchObject({ state: 'pending', attempts: 2 });
    await stop();
    backMs *= 2;
    service = open();
    await settle();
    expect(await notice(id)).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  it('that does not want it, or has moved, has failed until somebody asks for one more try', async () => {
    for (const status of [410, 302]) {
      answers = [status];
      const id = await finished();
      expect(await notice(id)).toMatchObject({ state: 'failed', attempts: 1, problem: `The target answered ${status}.` });
      await service.api.renotify(id, `${id}-1`);
      await settle();
      expect(await notice(id)).toMatchObject({ state: 'delivered', attempts: 2 });
      await expect(service.api.renotify(id, `${id}-1`)).rejects.toMatchObject({ code: 'conflict' });
    }
  });

  it('that is not configured any more has failed', async () => {
    const id = await finished();
    const kept = (await store.load(id)) as StoredTask;
    const gone = { id: `${id}-2`, target: 'webhook:gone', attempts: 0, state: 'pending', dueAt: clock.now() };
    const notices = [...(kept.body.notices as readonly object[]), gone];
    await store.write({ ...kept, dueAt: clock.now(), body: { ...kept.body, notices } as never });
    await clock.advance(60_000);
    await settle();
    expect((await service.api.status(id)).notices[1]).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('no such target'),
    });
    expect(sent).toHaveLength(1);
  });
});
