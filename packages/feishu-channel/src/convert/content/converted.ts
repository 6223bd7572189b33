import type { Attachment, JsonObject } from '@threadbridge/contract';
import type { InboundMention, InboundMessage } from '../inbound.ts';

/** What a message comes to: words, and files that can be fetched. */
export interface Converted {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** What a converter may look at beside the content. */
export interface ContentContext {
  /** The message under whose id the platform hands out files. */
  readonly message: string;
  readonly mentions: readonly InboundMention[];
  /** The bot's open id. */
  readonly bot: string;
  /** The parts of a merged forward; undefined: they could not be read. */
  readonly children?: readonly InboundMessage[] | undefined;
  /** Converts a part. */
  readonly convert: (message: InboundMessage, files: string) => Converted;
}

/** Turns the content of one kind of message into words. Reads what is there, expects nothing. */
export type ContentConverter = (content: JsonObject, context: ContentContext) => Converted;

export const onlyText = (text: string): Converted => ({ text, attachments: [] });

/** Where the platform keeps a file of a message. */
export function fileRef(message: string, key: string, type: 'image' | 'file'): Attachment['ref'] {
  return { message, key, type };
}
