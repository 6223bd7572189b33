import type { Clock, Logger, TaskStore } from '@threadbridge/contract';
import { webhookOf } from './notice-targets.ts';
import { fromStored, type KeptNotice, type KeptTask } from './task-body.ts';
import type { TaskDesk } from './task-desk.ts';
import { postWebhook, type WebhookTarget } from './webhook.ts';

export interface SendNoticesOptions {
  readonly desk: TaskDesk;
  readonly store: TaskStore;
  /** By name, as in `webhook:NAME`. */
  readonly webhooks: Readonly<Record<string, WebhookTarget>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly fetch: typeof fetch;
}

/** Pauses before the next tries; afterwards it has failed until somebody asks for one more. */
const pausesMs = [5_000, 30_000, 300_000, 1_800_000, 7_200_000] as const;
const timeoutMs = 15_000;
const maxPauseMs = 60_000;

/** Posts what is due, also what an earlier process left; ends on abort. A try that a crash cut off is made again under the same id. */
export async function sendNotices(options: SendNoticesOptions, signal: AbortSignal): Promise<void> {
  const { desk, store, clock } = options;
  while (!signal.aborted) {
    const now = clock.now();
    const waiting = (await store.due(20)).map(fromStored);
    const due = waiting.flatMap((task) =>
      task.body.notices.filter((notice) => isDue(notice, now)).map((notice) => ({ task, notice })),
    );
    for (const { task, notice } of due) if (!signal.aborted) await sendOne(task, notice, options, signal);
    if (due.length > 0) continue;
    const nextAt = waiting[0]?.dueAt;
    await desk.changed(Math.min(maxPauseMs, nextAt === undefined ? maxPauseMs : nextAt - now), signal);
  }
}

/** One that is further away than its pause was ever long is due, too: the clock was put back. */
function isDue({ attempts, dueAt }: KeptNotice, now: number): boolean {
  return dueAt !== undefined && (dueAt <= now || dueAt - now > (pausesMs[attempts - 1] ?? 0));
}

async function sendOne(
  task: KeptTask,
  notice: KeptNotice,
  { desk, webhooks, clock, logger, fetch }: SendNoticesOptions,
  signal: AbortSignal,
): Promise<void> {
  const target = webhooks[webhookOf(notice.target) ?? ''];
  const outcome =
    target === undefined
      ? { failed: 'The configuration has no such target any more.', isFinal: true }
      : await postWebhook(
          target,
          { id: notice.id, body: webhookBody(task) },
          { nowMs: clock.now(), fetch, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) },
        );
  // Cut off by our own end: made again at the next start.
  if (signal.aborted && outcome !== 'delivered') return;
  const attempts = notice.attempts + 1;
  const next = outcome === 'delivered' ? undefined : outcome.isFinal ? undefined : pausesMs[attempts - 1];
  const { dueAt: _, problem: __, ...bare } = notice;
  const after: KeptNotice = {
    ...bare,
    attempts,
    state: outcome === 'delivered' ? 'delivered' : next === undefined ? 'failed' : 'pending',
    ...(outcome !== 'delivered' && { problem: outcome.failed }),
    ...(next !== undefined && { dueAt: clock.now() + next }),
  };
  if (outcome !== 'delivered') logger.warn({ task: task.id, notice: notice.id, attempts }, 'a notice did not arrive');
  await desk.change(
    task.id,
    ({ body }) => ({ ...body, notices: body.notices.map((each) => (each.id === notice.id ? after : each)) }),
    [
      {
        key: `${notice.id}/${attempts}`,
        at: clock.now(),
        body: { type: 'notice', notice: notice.id, target: notice.target, state: after.state, attempts },
      },
    ],
  );
}

/** What a webhook is told: the task without its log. */
export function webhookBody({ id, body }: KeptTask): string {
  const { status = 'failed', text = '', note, at } = body.end ?? {};
  return JSON.stringify({
    type: 'task.ended',
    timestamp: new Date(at ?? 0).toISOString(),
    data: { id, status, prompt: body.prompt, text, ...(note !== undefined && { note }) },
  });
}
