import type { JsonObject } from '../model/json.ts';
import { stringField } from '../model/json.ts';
import { batchUpdate, changeSettings, convertId, createCard, elementCall, streamContent, updateCard } from './cards.ts';
import { delayedUpdate } from './clicks.ts';
import {
  createComment,
  type DocumentCall,
  documentMeta,
  documentText,
  listComments,
  listReplies,
  queryComments,
  reactToComment,
  replyToComment,
} from './documents.ts';
import type { FeishuOperation } from './fault.ts';
import { getResource, uploadFile, uploadImage } from './media.ts';
import {
  addReaction,
  createMessage,
  deleteMessage,
  getMessage,
  listMessages,
  patchMessage,
  removeReaction,
  replyMessage,
} from './messages.ts';

import { type Answer, no, ok, type World } from './world.ts';

/** One call of the open platform, taken apart. */
export interface Call {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly raw: Buffer;
  readonly contentType: string;
}

interface Route {
  readonly operation: FeishuOperation;
  readonly method: string;
  readonly pattern: RegExp;
  readonly answer: (world: World, call: Call) => Answer;
}

const id = '([^/]+)';
const route = (operation: FeishuOperation, method: string, path: string, answer: Route['answer']): Route => ({
  operation,
  method,
  pattern: new RegExp(`^/open-apis/${path.replaceAll(':id', id)}$`),
  answer,
});
const card = (call: Call) => ({ card: call.path[0] ?? '', body: call.body });
const element = (call: Call) => ({ ...card(call), element: call.path[1] ?? '' });
const document = (call: Call): DocumentCall => ({
  token: call.path[0] ?? '',
  query: call.query,
  body: call.body,
  ...(call.path[1] !== undefined && { comment: call.path[1] }),
});

const routes: readonly Route[] = [
  route('bot.info', 'GET', 'bot/v3/info', (world) => ({
    ...ok(),
    beside: { bot: { activate_status: 2, app_name: world.bot.name, open_id: world.bot.openId } },
  })),
  route('scope.list', 'GET', 'application/v6/scopes', (world) =>
    ok({ scopes: [...world.scopes].map((scope_name) => ({ scope_name, grant_status: 1, scope_type: 'tenant' })) }),
  ),
  route('message.create', 'POST', 'im/v1/messages', (world, call) => createMessage(world, call.query, call.body)),
  route('message.reply', 'POST', 'im/v1/messages/:id/reply', (world, call) => replyMessage(world, call.path[0] ?? '', call.body)),
  route('message.get', 'GET', 'im/v1/messages/:id', (world, call) => getMessage(world, call.path[0] ?? '')),
  route('message.list', 'GET', 'im/v1/messages', (world, call) => listMessages(world, call.query)),
  route('message.patch', 'PATCH', 'im/v1/messages/:id', (world, call) => patchMessage(world, call.path[0] ?? '', call.body)),
  route('message.delete', 'DELETE', 'im/v1/messages/:id', (world, call) => deleteMessage(world, call.path[0] ?? '')),
  route('reaction.create', 'POST', 'im/v1/messages/:id/reactions', (world, call) =>
    addReaction(world, call.path[0] ?? '', call.body),
  ),
  route('reaction.delete', 'DELETE', 'im/v1/messages/:id/reactions/:id', (world, call) =>
    removeReaction(world, call.path[0] ?? '', call.path[1] ?? ''),
  ),
  route('resource.get', 'GET', 'im/v1/messages/:id/resources/:id', (world, call) =>
    getResource(world, call.path[0] ?? '', call.path[1] ?? '', call.query.type),
  ),
  route('image.create', 'POST', 'im/v1/images', (world, call) => uploadImage(world, call.contentType, call.raw)),
  route('file.create', 'POST', 'im/v1/files', (world, call) => uploadFile(world, call.contentType, call.raw)),
  route('chat.get', 'GET', 'im/v1/chats/:id', (world, call) => {
    const chat = world.chats.get(call.path[0] ?? '');
    return chat === undefined ? no(232_006, 'no such chat') : ok({ name: chat.name, chat_mode: chat.mode, chat_type: 'private' });
  }),
  route('chat.list', 'GET', 'im/v1/chats', (world) =>
    ok({
      items: [...world.chats.values()]
        .filter((one) => one.mode !== 'p2p' && one.hasBot)
        .map((one) => ({ chat_id: one.id, name: one.name })),
      has_more: false,
    }),
  ),
  route('card.create', 'POST', 'cardkit/v1/cards', (world, call) => createCard(world, call.body)),
  route('card.convert', 'POST', 'cardkit/v1/cards/id_convert', (world, call) => convertId(world, call.body)),
  route('card.update', 'PUT', 'cardkit/v1/cards/:id', (world, call) => updateCard(world, card(call))),
  route('card.settings', 'PATCH', 'cardkit/v1/cards/:id/settings', (world, call) => changeSettings(world, card(call))),
  route('card.batch', 'POST', 'cardkit/v1/cards/:id/batch_update', (world, call) => batchUpdate(world, card(call))),
  route('element.create', 'POST', 'cardkit/v1/cards/:id/elements', (world, call) => elementCall(world, 'create', card(call))),
  route('element.update', 'PUT', 'cardkit/v1/cards/:id/elements/:id', (world, call) =>
    elementCall(world, 'update', element(call)),
  ),
  route('element.patch', 'PATCH', 'cardkit/v1/cards/:id/elements/:id', (world, call) =>
    elementCall(world, 'patch', element(call)),
  ),
  route('element.delete', 'DELETE', 'cardkit/v1/cards/:id/elements/:id', (world, call) =>
    elementCall(world, 'delete', element(call)),
  ),
  route('element.content', 'PUT', 'cardkit/v1/cards/:id/elements/:id/content', (world, call) =>
    streamContent(world, element(call)),
  ),
  route('card.delayed', 'POST', 'interactive/v1/card/update', (world, call) => delayedUpdate(world, call.body)),
  route('comment.list', 'GET', 'drive/v1/files/:id/comments', (world, call) => listComments(world, document(call))),
  route('comment.create', 'POST', 'drive/v1/files/:id/comments', (world, call) => createComment(world, document(call))),
  route('comment.query', 'POST', 'drive/v1/files/:id/comments/batch_query', (world, call) =>
    queryComments(world, document(call)),
  ),
  route('comment.replies', 'GET', 'drive/v1/files/:id/comments/:id/replies', (world, call) => listReplies(world, document(call))),
  route('comment.reply', 'POST', 'drive/v1/files/:id/comments/:id/replies', (world, call) =>
    replyToComment(world, document(call)),
  ),
  route('comment.reaction', 'POST', 'drive/v2/files/:id/comments/reaction', (world, call) =>
    reactToComment(world, document(call)),
  ),
  route('document.meta', 'POST', 'drive/v1/metas/batch_query', (world, call) => documentMeta(world, call.body)),
  route('document.text', 'GET', 'docx/v1/documents/:id/raw_content', (world, call) => documentText(world, call.path[0] ?? '')),
  route('wiki.node', 'GET', 'wiki/v2/spaces/get_node', (world, call) => {
    const token = stringField(call.query, 'token');
    const node = world.documents.get(token);
    return node === undefined ? no(131_005, 'not found') : ok({ node: { obj_token: node.token, obj_type: node.type } });
  }),
];

/** The first route that fits, with the ids of its path. More special ones stand first where two could fit. */
export function findRoute(method: string, path: string): { readonly route: Route; readonly ids: readonly string[] } | undefined {
  const candidates = routes.filter((one) => one.method === method && one.pattern.test(path));
  const best = candidates.sort((a, b) => b.pattern.source.length - a.pattern.source.length || 0)[0];
  if (best === undefined) return undefined;
  return { route: best, ids: (best.pattern.exec(path) ?? []).slice(1).map(decodeURIComponent) };
}
