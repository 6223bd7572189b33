import { createHmac } from 'node:crypto';

/** Where a program is told of the end of a task. */
export interface WebhookTarget {
  readonly url: string;
  /** Key of the signature. */
  readonly secret: string;
}

export interface WebhookMessage {
  /** The same for every try, so that whoever has it knows it. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** How a try ended. `isFinal`: the target does not want it; trying again would not help. */
export type WebhookOutcome = 'delivered' | { readonly failed: string; readonly isFinal: boolean };

/**
 * Posts a message, signed as https://www.standardwebhooks.com says: `webhook-signature` is `v1,` and the base64 HMAC-SHA256 over id,
 * timestamp and body, joined by dots. A redirect is a failure: only the configured address is asked.
 */
export async function postWebhook(
  { url, secret }: WebhookTarget,
  { id, body }: WebhookMessage,
  options: { readonly nowMs: number; readonly fetch: typeof fetch; readonly signal: AbortSignal },
): Promise<WebhookOutcome> {
  const timestamp = String(Math.floor(options.nowMs / 1_000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  try {
    const answer = await options.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      signal: options.signal,
    });
    await answer.body?.cancel();
    if (answer.ok) return 'delivered';
    const mayHelp = answer.status === 408 || answer.status === 429 || answer.status >= 500;
    return { failed: `The target answered ${answer.status}.`, isFinal: !mayHelp };
  } catch (error) {
    return {
      failed:
        error instanceof Error && error.name === 'TimeoutError'
          ? 'The target took too long.'
          : 'The target could not be reached.',
      isFinal: false,
    };
  }
}
