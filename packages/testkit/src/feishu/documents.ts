import { isObject, type JsonObject, stringField } from '../model/json.ts';
import { type Answer, type DocumentComment, no, ok, type StoredDocument, type World } from './world.ts';

/** What a call on a document came with. */
export interface DocumentCall {
  readonly token: string;
  readonly comment?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

function found(world: World, call: DocumentCall): StoredDocument | Answer {
  if (call.query.file_type === undefined) {
    world.mistake('comments: file_type is required.');
    return no(1_069_302, 'file_type is required');
  }
  const document = world.documents.get(call.token);
  return document?.type === call.query.file_type ? document : no(1_069_305, 'document unknown');
}

export function listComments(world: World, call: DocumentCall): Answer {
  const document = found(world, call);
  if ('code' in document) return document;
  return ok({ has_more: false, items: document.comments.map((one) => toWire(one)) });
}

export function queryComments(world: World, call: DocumentCall): Answer {
  const document = found(world, call);
  if ('code' in document) return document;
  const ids = Array.isArray(call.body.comment_ids) ? call.body.comment_ids : [];
  return ok({ items: document.comments.filter((one) => ids.includes(one.id)).map((one) => toWire(one)) });
}

export function listReplies(world: World, call: DocumentCall): Answer {
  const document = found(world, call);
  if ('code' in document) return document;
  const comment = document.comments.find((one) => one.id === call.comment);
  if (comment === undefined) return no(1_069_307, 'comment unknown');
  return ok({ has_more: false, items: toWire(comment).reply_list.replies });
}

export function replyToComment(world: World, call: DocumentCall): Answer {
  const document = found(world, call);
  if ('code' in document) return document;
  const comment = document.comments.find((one) => one.id === call.comment);
  if (comment === undefined) return no(1_069_307, 'comment unknown');
  if (comment.isWhole) return no(1_069_302, 'a comment on the whole document takes no replies');
  const elements = checkElements(world, isObject(call.body.content) ? call.body.content.elements : undefined);
  if (elements === undefined) return no(1_069_302, 'bad content');
  const id = addReply(world, comment, world.bot.openId, elements);
  return ok({ reply_id: id });
}

/** A new comment on the whole document. */
export function createComment(world: World, call: DocumentCall): Answer {
  const document = found(world, call);
  if ('code' in document) return document;
  const list = isObject(call.body.reply_list) && Array.isArray(call.body.reply_list.replies) ? call.body.reply_list.replies : [];
  const first = list.find(isObject);
  const elements = checkElements(world, first !== undefined && isObject(first.content) ? first.content.elements : undefined);
  if (elements === undefined) return no(1_069_302, 'bad content');
  const comment: DocumentComment = { id: world.nextId('7'), isWhole: true, quote: '', replies: [] };
  document.comments.push(comment);
  addReply(world, comment, world.bot.openId, elements);
  return ok(toWire(comment));
}

export function reactToComment(world: World, call: DocumentCall): Answer {
  const document = found(world, call);
  if ('code' in document) return document;
  const isThere = document.comments.some((one) => one.replies.some((reply) => reply.id === call.body.reply_id));
  if (call.body.action !== 'add' && call.body.action !== 'delete') return no(1_069_302, 'action');
  return isThere ? ok() : no(1_069_307, 'reply unknown');
}

export function addReply(world: World, comment: DocumentComment, user: string, elements: readonly JsonObject[]): string {
  const id = world.nextId('8');
  comment.replies.push({ id, user, elements, at: world.clock.now() });
  world.changed();
  return id;
}

export function documentMeta(world: World, body: JsonObject): Answer {
  const wanted = Array.isArray(body.request_docs) ? body.request_docs : [];
  const metas = wanted.flatMap((one) => {
    const document = world.documents.get(stringField(one, 'doc_token'));
    return document === undefined ? [] : [{ doc_token: document.token, doc_type: document.type, title: document.title }];
  });
  return ok({ metas });
}

export function documentText(world: World, token: string): Answer {
  const document = world.documents.get(token);
  return document === undefined ? no(1_770_002, 'not found') : ok({ content: document.text });
}

function checkElements(world: World, elements: unknown): readonly JsonObject[] | undefined {
  if (!Array.isArray(elements) || elements.length === 0 || elements.length > 100) return undefined;
  for (const element of elements) {
    const text = isObject(element) && isObject(element.text_run) ? stringField(element.text_run, 'text') : undefined;
    if (text === undefined) continue;
    if (text.length > 10_000) {
      world.mistake('comment.reply: a text is longer than 10,000 characters.');
      return undefined;
    }
  }
  return elements.filter(isObject);
}

function toWire(comment: DocumentComment) {
  return {
    comment_id: comment.id,
    user_id: comment.replies[0]?.user ?? '',
    is_solved: false,
    is_whole: comment.isWhole,
    quote: comment.quote,
    reply_list: {
      replies: comment.replies.map((reply) => ({
        reply_id: reply.id,
        user_id: reply.user,
        create_time: Math.floor(reply.at / 1_000),
        content: { elements: reply.elements },
      })),
    },
  };
}

/** What people read in a reply. */
export function readReply(elements: readonly JsonObject[]): string {
  return elements
    .map((one) => (isObject(one.text_run) ? stringField(one.text_run, 'text') : isObject(one.person) ? '@' : ''))
    .join('');
}
