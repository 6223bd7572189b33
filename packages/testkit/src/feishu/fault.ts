/** What goes wrong with one answer. Each is used once, in the order given, by the next call of its operation. */
export type FeishuFault =
  /** HTTP 200 (or `status`) with this code; nothing was done. */
  | { readonly type: 'code'; readonly code: number; readonly msg?: string; readonly status?: number; readonly data?: unknown }
  /** A gateway page without JSON. */
  | { readonly type: 'status'; readonly status: number; readonly isProcessed?: boolean }
  /** 429, code 99991400, and the header that says how long to wait. */
  | { readonly type: 'rate'; readonly resetSeconds?: number }
  /** The connection closes without an answer. */
  | { readonly type: 'drop'; readonly isProcessed?: boolean }
  /** No answer, ever. */
  | { readonly type: 'hang'; readonly isProcessed?: boolean }
  /** The answer waits for this promise; the call is carried out at once. */
  | { readonly type: 'hold'; readonly until: Promise<unknown> };

/** Every operation of the platform that the fake offers. Faults are put on these names. */
export const feishuOperations = [
  'token',
  'discovery',
  'registration',
  'bot.info',
  'scope.list',
  'message.create',
  'message.reply',
  'message.get',
  'message.list',
  'message.patch',
  'message.delete',
  'reaction.create',
  'reaction.delete',
  'resource.get',
  'image.create',
  'file.create',
  'card.create',
  'card.update',
  'card.settings',
  'card.batch',
  'card.convert',
  'element.create',
  'element.update',
  'element.patch',
  'element.content',
  'element.delete',
  'card.delayed',
  'chat.get',
  'chat.list',
  'comment.list',
  'comment.create',
  'comment.query',
  'comment.replies',
  'comment.reply',
  'comment.reaction',
  'document.meta',
  'document.text',
  'wiki.node',
] as const;

/** Where a fault can be put. */
export type FeishuOperation = (typeof feishuOperations)[number];

export function isProcessedUnder(fault: FeishuFault): boolean {
  switch (fault.type) {
    case 'code':
    case 'rate':
      return false;
    case 'hold':
      return true;
    case 'status':
    case 'drop':
    case 'hang':
      return fault.isProcessed ?? false;
  }
}
