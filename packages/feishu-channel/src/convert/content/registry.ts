import { isObject, parseJson } from '../../json.ts';
import type { InboundMessage } from '../inbound.ts';
import { type ContentContext, type ContentConverter, type Converted, onlyText } from './converted.ts';
import { audio, file, folder, image, media, sticker } from './files.ts';
import { interactive } from './interactive.ts';
import { mergeForward } from './merge-forward.ts';
import { post } from './post.ts';
import { calendar, hongbao, location, shareChat, shareUser, system, todo, videoChat, vote } from './shared.ts';
import { text } from './text.ts';

/** One converter a kind of message. */
const converters: ReadonlyMap<string, ContentConverter> = new Map(
  Object.entries({
    ...{ text, post, image, file, folder, audio, media, sticker, interactive, location, todo, vote, hongbao, system, calendar },
    merge_forward: mergeForward,
    share_chat: shareChat,
    share_user: shareUser,
    share_calendar_event: calendar,
    general_calendar: calendar,
    video_chat: videoChat,
  }),
);

/** Turns any message into words and files. Never throws: what is not understood is named. */
export function convertContent(
  message: InboundMessage,
  own: { readonly bot: string; readonly files?: string; readonly children?: readonly InboundMessage[] | undefined },
): Converted {
  const context: ContentContext = {
    message: own.files ?? message.id,
    mentions: message.mentions,
    bot: own.bot,
    children: own.children,
    convert: (child, files) =>
      child.type === 'merge_forward' ? onlyText('[forwarded messages]') : convertContent(child, { bot: own.bot, files }),
  };
  const convert = converters.get(message.type);
  const content = parseJson(message.content);
  if (convert === undefined) return onlyText(`[message of type ${message.type.slice(0, 40)}]`);
  try {
    return convert(isObject(content) ? content : {}, context);
  } catch {
    return onlyText(`[${message.type} message that could not be read]`);
  }
}
