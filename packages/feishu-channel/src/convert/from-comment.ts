import { actorId, asId, type EventId, type MessageReceived } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { isObject, listAt, numberAt, objectAt, textAt } from '../json.ts';
import { toScope, writeReply } from '../scope.ts';
import { documentQuote } from './document-quote.ts';
import type { ConvertOptions } from './to-event.ts';

/**
 * `drive.notice.comment_add_v1`: says that somebody commented, not what. The words, the marked passage, the document and its title are fetched.
 * Undefined for our own replies. Throws where the comment cannot be read: without words there is nothing to hand on.
 */
export async function fromComment(
  data: unknown,
  options: ConvertOptions & { readonly api: Api },
): Promise<MessageReceived | undefined> {
  const notice = objectAt(data, 'notice_meta');
  const fileType = textAt(notice, 'file_type');
  const file = textAt(notice, 'file_token');
  const comment = textAt(data, 'comment_id');
  const from = textAt(objectAt(notice, 'from_user_id'), 'open_id');
  if (fileType === undefined || file === undefined || comment === undefined || from === undefined) return undefined;
  if (from === options.bot) return undefined;
  const found = await readComment(options, { fileType, file, comment });
  const replies = listAt(objectAt(found, 'reply_list'), 'replies').filter(isObject);
  const wanted = textAt(data, 'reply_id');
  const reply = wanted === undefined ? replies[0] : replies.find((one) => textAt(one, 'reply_id') === wanted);
  if (found === undefined || reply === undefined) return undefined;
  const [title, words] = await Promise.all([readTitle(options, fileType, file), readDocument(options, fileType, file)]);
  const quote = documentQuote(textAt(found, 'quote'), words);
  const at = numberAt(data, 'create_time') ?? numberAt(notice, 'timestamp') ?? 0;
  const replyId = textAt(reply, 'reply_id') ?? '';
  return {
    type: 'message.received',
    id: asId<EventId>(`comment/${comment}/${replyId}`),
    scope: toScope(options.channel, { type: 'comment', fileType, file, comment }, { kind: 'group', title }),
    actor: { id: actorId(options.channel, from) },
    text: readElements(reply, options.bot),
    attachments: [],
    ...(quote !== undefined && { quote: { ...(title !== undefined && { author: title }), text: quote } }),
    isAddressed: isObject(data) && data.is_mentioned === true,
    reply: writeReply({ asked: { reply: replyId, at } }),
    at,
  };
}

async function readComment(
  { api, signal }: { readonly api: Api; readonly signal: AbortSignal },
  { fileType, file, comment }: { readonly fileType: string; readonly file: string; readonly comment: string },
): Promise<unknown> {
  const answer = await api.call({
    method: 'POST',
    path: `drive/v1/files/${encodeURIComponent(file)}/comments/batch_query`,
    params: { file_type: fileType, user_id_type: 'open_id' },
    data: { comment_ids: [comment] },
    signal,
  });
  return listAt(answer.data, 'items').find((one) => textAt(one, 'comment_id') === comment);
}

async function readTitle(
  { api, signal }: { readonly api: Api; readonly signal: AbortSignal },
  fileType: string,
  file: string,
): Promise<string | undefined> {
  try {
    const data = { request_docs: [{ doc_token: file, doc_type: fileType }] };
    const answer = await api.call({ method: 'POST', path: 'drive/v1/metas/batch_query', data, signal });
    return textAt(listAt(answer.data, 'metas')[0], 'title');
  } catch {
    return undefined;
  }
}

/** The platform gives the words of documents, not of tables and files. */
async function readDocument(
  { api, signal }: { readonly api: Api; readonly signal: AbortSignal },
  fileType: string,
  file: string,
): Promise<string | undefined> {
  if (fileType !== 'docx') return undefined;
  try {
    const path = `docx/v1/documents/${encodeURIComponent(file)}/raw_content`;
    return textAt((await api.call({ method: 'GET', path, signal })).data, 'content');
  } catch {
    return undefined;
  }
}

/** Words of a reply; the mention of the bot is an address and falls away. */
function readElements(reply: unknown, bot: string): string {
  return listAt(objectAt(reply, 'content'), 'elements')
    .map((element) => {
      const person = textAt(objectAt(element, 'person'), 'user_id');
      if (person !== undefined) return person === bot ? '' : `@${person}`;
      return textAt(objectAt(element, 'text_run'), 'text') ?? textAt(objectAt(element, 'docs_link'), 'url') ?? '';
    })
    .join('')
    .trim();
}
