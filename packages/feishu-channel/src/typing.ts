import type { ReplyContext, Scope } from '@threadbridge/contract';
import type { Api } from './api/api.ts';
import { textAt } from './json.ts';
import { readReply, toPlace } from './scope.ts';

/** The sign that somebody is at work: a reaction on the message that asked, taken away at the end. Resolves when it is gone. */
export function createTyping(api: Api): (scope: Scope, reply: ReplyContext, signal: AbortSignal) => Promise<void> {
  return async (scope, reply, signal) => {
    const place = toPlace(scope);
    const { message, asked } = readReply(reply);
    if (signal.aborted) return;
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    if (place.type === 'comment') {
      if (asked === undefined) return;
      const path = `drive/v2/files/${encodeURIComponent(place.file)}/comments/reaction`;
      const react = (action: 'add' | 'delete') =>
        api.call({
          method: 'POST',
          path,
          params: { file_type: place.fileType },
          data: { action, reply_id: asked.reply, reaction_type: 'Typing' },
        });
      await react('add');
      await ended;
      await react('delete');
      return;
    }
    if (message === undefined) return;
    const path = `im/v1/messages/${encodeURIComponent(message)}/reactions`;
    const answer = await api.call({ method: 'POST', path, data: { reaction_type: { emoji_type: 'Typing' } } });
    const id = textAt(answer.data, 'reaction_id');
    await ended;
    if (id !== undefined) await api.call({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
  };
}
