import { createHash } from 'node:crypto';
import {
  asId,
  type Clock,
  checkLength,
  type DrawPicture,
  type EffectKey,
  explain,
  GatewayError,
  isGatewayError,
  type JsonObject,
  type Logger,
  type MessageId,
  type OutboundMessage,
  type SendOptions,
  type SentMessage,
} from '@threadbridge/contract';
import type { Api } from './api/call.ts';
import { sendMessage } from './api/send-message.ts';
import { toChatText } from './convert/to-text.ts';
import { createLine } from './line.ts';
import { type Uploader, upload, uploadFile } from './media/upload.ts';
import { toPicturePart } from './pictures/to-block.ts';
import { contextTokenOf, isOfLogin } from './reply.ts';
import { toUser } from './scope.ts';

export interface SenderOptions {
  readonly api: Api;
  readonly uploader: Uploader;
  readonly clock: Clock;
  readonly maxTextBytes: number;
  readonly textStyle: 'chat' | 'markdown';
  /** Least time between two messages to one person. */
  readonly spacingMs: number;
  readonly timeoutMs: number;
  readonly drawPicture?: DrawPicture;
  readonly logger: Logger;
  /** Names the login that is in use. */
  readonly login: () => string;
}

/** What the service takes in one text. */
const serverTextBytes = 16_000;

/** Sends one after another per person: a text and its files stay together. */
export function createSender(options: SenderOptions): (message: OutboundMessage, to: SendOptions) => Promise<SentMessage> {
  const line = createLine();
  const lastSentAt = new Map<string, number>();

  return async (message, to) => {
    const user = toUser(to.to);
    const contextToken = contextTokenOf(to.reply);
    if (contextToken === undefined) {
      throw new GatewayError(
        'channel.rate_limited',
        'WeChat lets a bot speak only to somebody who wrote: there is no context token to answer with.',
        {
          certain: true,
          remedy: 'Send it when the person has written again.',
        },
      );
    }
    if (!isOfLogin(to.reply, options.login())) {
      throw new GatewayError('channel.unauthorized', 'This person has not written since the account was logged in anew.', {
        certain: true,
        remedy: 'Send it when the person has written again.',
      });
    }
    checkLength(message.markdown, { max: options.maxTextBytes, unit: 'bytes' });
    return line.run(user, () => sendAll(message, to, user, contextToken));
  };

  async function sendAll(message: OutboundMessage, to: SendOptions, user: string, contextToken: string): Promise<SentMessage> {
    const text = toText(message.markdown, options);
    const makers = [
      ...(text.trim() === '' ? [] : [() => toItem(message.markdown, text, user, to.signal)]),
      ...(message.files ?? []).map((file) => () => uploadFile(options.uploader, file, user, to.signal)),
    ];
    if (makers.length === 0)
      throw new GatewayError('channel.rejected', 'There is nothing to say in this message.', { certain: true });
    const ids: (string | undefined)[] = [];
    for (const [index, make] of makers.entries()) {
      try {
        const item = await make();
        await pause(user, to.signal);
        const call = { timeoutMs: options.timeoutMs, ...(to.signal && { signal: to.signal }) };
        const id = await sendMessage(
          options.api,
          { to: user, clientId: toClientId(to.key, index), contextToken, item },
          call,
        ).finally(() => lastSentAt.set(user, options.clock.now()));
        ids.push(id);
      } catch (error) {
        throw index === 0 ? error : partly(error, index, makers.length);
      }
    }
    // One name stands for all parts; where one has none, it is not known that all of it is there.
    const [first] = ids;
    return first === undefined || ids.includes(undefined) ? {} : { id: asId<MessageId>(first) };
  }

  /** A picture where the text is one block that reads better so; the text where it cannot be drawn or is not taken. */
  async function toItem(markdown: string, text: string, user: string, signal: AbortSignal | undefined): Promise<JsonObject> {
    const part = options.drawPicture && toPicturePart(markdown);
    try {
      const bytes = part && (await options.drawPicture?.(part.block, part.mark));
      if (bytes !== undefined) return await upload(options.uploader, { kind: 'image', name: 'block.png', bytes }, user, signal);
    } catch (error) {
      if (isGatewayError(error) && error.code !== 'channel.rejected') throw error;
      options.logger.warn({ reason: explain(error) }, 'a block could not be shown as a picture; it is said as text');
    }
    return { type: 1, text_item: { text } };
  }

  async function pause(user: string, signal: AbortSignal | undefined): Promise<void> {
    const last = lastSentAt.get(user);
    // A clock that was put back must not make the pause longer.
    const { clock, spacingMs } = options;
    if (last !== undefined) await clock.sleep(Math.min(spacingMs, last + spacingMs - clock.now()), signal);
  }
}

/** The text as it is sent; the tidier forms may be longer than Markdown, so the first that fits is taken. */
function toText(markdown: string, { textStyle }: Pick<SenderOptions, 'textStyle'>): string {
  if (textStyle === 'markdown') return markdown;
  const tidy = toChatText(markdown);
  return Buffer.byteLength(tidy) <= serverTextBytes ? tidy : markdown;
}

/** The same for every attempt at the same message. The service does not promise to drop repetitions by it. */
function toClientId(key: EffectKey, index: number): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return index === 0 ? `threadbridge:${hash}` : `threadbridge:${hash}-${index}`;
}

/** Some of it is on the phone, so the message as a whole is neither sent nor surely unsent. */
function partly(error: unknown, sent: number, all: number): unknown {
  if (!isGatewayError(error)) return error;
  return new GatewayError(error.code, `${sent} of ${all} parts of this message were accepted; then: ${error.message}`, {
    certain: false,
    cause: error,
    ...(error.remedy !== undefined && { remedy: error.remedy }),
  });
}
