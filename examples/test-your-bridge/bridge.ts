import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

export interface BridgeOptions {
  readonly baseUrl: string;
  readonly token: string;
  /** The program and the arguments that go before the prompt. */
  readonly codex: readonly [program: string, ...args: string[]];
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

interface Message {
  readonly message_id: string;
  readonly from_user_id: string;
  readonly context_token: string;
  readonly item_list: readonly { readonly text_item?: { readonly text: string } }[];
}

/** Your bridge: answers every message of WeChat with what Codex says to it, one after the other, until the signal aborts. */
export async function bridge({ baseUrl, token, codex, workspace, env, signal }: BridgeOptions): Promise<void> {
  const handled = new Set<string>();
  const [program, ...args] = codex;

  async function call(endpoint: string, body: object): Promise<Record<string, unknown>> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      authorizationtype: 'ilink_bot_token',
      'ilink-app-id': 'bot',
      'ilink-app-clientversion': String(2 * 0x10000 + 4 * 0x100 + 9),
      'x-wechat-uin': Buffer.from(String(randomBytes(4).readUInt32BE())).toString('base64'),
    };
    const whole = JSON.stringify({ ...body, base_info: { channel_version: '2.4.9', bot_agent: 'bridge/1.0' } });
    const response = await fetch(`${baseUrl}/ilink/bot/${endpoint}`, { method: 'POST', headers, body: whole, signal });
    return parse(await response.text());
  }

  async function ask(prompt: string): Promise<string> {
    const running = promisify(execFile)(program, [...args, prompt], { cwd: workspace, env, signal });
    // It would wait for more to come.
    running.child.stdin?.end();
    const { stdout } = await running;
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { item?: { type: string; text?: string } });
    return events.flatMap(({ item }) => (item?.type === 'agent_message' ? [item.text ?? ''] : [])).join('\n');
  }

  for (let cursor = ''; !signal.aborted; ) {
    const news = await call('getupdates', { get_updates_buf: cursor }).catch(() => ({}) as Record<string, unknown>);
    for (const message of (news.msgs ?? []) as readonly Message[]) {
      // The service repeats itself.
      if (handled.has(message.message_id)) continue;
      handled.add(message.message_id);
      const text = await ask(message.item_list[0]?.text_item?.text ?? '');
      const item = { type: 1, text_item: { text } };
      const { from_user_id: to_user_id, context_token } = message;
      const frame = { from_user_id: '', client_id: randomUUID(), message_type: 2, message_state: 2 };
      // Never again where it may have arrived: the service knows no key.
      await call('sendmessage', { msg: { ...frame, to_user_id, context_token, item_list: [item] } }).catch(() => {});
    }
    if (typeof news.get_updates_buf === 'string') cursor = news.get_updates_buf;
  }
}

/** Ids have more digits than a number of JavaScript. */
function parse(text: string): Record<string, unknown> {
  return JSON.parse(text.replaceAll(/"message_id":\s*(\d+)/g, '"message_id":"$1"')) as Record<string, unknown>;
}
