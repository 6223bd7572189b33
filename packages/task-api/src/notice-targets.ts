import type { Scope } from '@threadbridge/contract';
import { TaskError } from './task-api.ts';
import type { KeptNotice, KeptTask } from './task-body.ts';
import type { WebhookTarget } from './webhook.ts';

const prefix = 'webhook:';

/** The name behind `webhook:NAME`; undefined where the target is none. */
export function webhookOf(target: string): string | undefined {
  return target.startsWith(prefix) ? target.slice(prefix.length) : undefined;
}

/** The chats among the targets of a wish. Rejects where one of the targets cannot be told. */
export async function findChats(
  targets: readonly string[],
  {
    webhooks,
    findChat,
  }: {
    readonly webhooks: Readonly<Record<string, WebhookTarget>>;
    readonly findChat: ((name: string) => Promise<Scope | undefined>) | undefined;
  },
): Promise<readonly Scope[]> {
  const chats: Scope[] = [];
  for (const target of new Set(targets)) {
    if (target === 'local') continue;
    const webhook = webhookOf(target);
    if (webhook !== undefined) {
      if (!Object.hasOwn(webhooks, webhook)) throw new TaskError('refused', `The configuration has no target ${target}.`);
      continue;
    }
    const chat = await findChat?.(target);
    if (chat === undefined) {
      throw new TaskError(
        'refused',
        `${target} cannot be told: it has to be the private chat of an owner, who has written there before.`,
      );
    }
    chats.push(chat);
  }
  return chats;
}

/** The notices of a task's end. In its log it is already, a chat gets it from the gateway, a webhook is due. */
export function noticesOf({ id, body }: KeptTask, now: number): readonly KeptNotice[] {
  return body.notify.map((target, index) => ({
    id: `${id}-${body.notices.length + index + 1}`,
    ...{ target, attempts: 0 },
    ...(target === 'local'
      ? { state: 'delivered' }
      : webhookOf(target) === undefined
        ? { state: 'handed-over' }
        : { state: 'pending', dueAt: now }),
  }));
}
