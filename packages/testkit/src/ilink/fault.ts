/** What goes wrong with one answer. Each is used once, in the order given, by the next request to its endpoint. */
export type IlinkFault =
  /** A gateway status without JSON, at once or after the request was held for a while. */
  | { readonly type: 'status'; readonly status: number; readonly afterMs?: number; readonly isProcessed?: boolean }
  /** HTTP 200 with this refusal; nothing was done. */
  | { readonly type: 'refuse'; readonly ret?: number; readonly errcode?: number; readonly errmsg?: string }
  /** The answer breaks off in the middle; the request was carried out. */
  | { readonly type: 'cut' }
  /** The connection closes without an answer. */
  | { readonly type: 'drop'; readonly isProcessed?: boolean }
  /** No answer, ever. */
  | { readonly type: 'hang'; readonly isProcessed?: boolean }
  /** HTTP 200 and something that is no JSON; the request was carried out. */
  | { readonly type: 'garbage' }
  /** getupdates: every message of the answer comes twice. */
  | { readonly type: 'duplicate' }
  /** getupdates: the messages of the answer come in reverse order. */
  | { readonly type: 'reorder' }
  /** sendmessage: accepted without a `message_id`; shown to the person or not. */
  | { readonly type: 'no-id'; readonly isShown?: boolean };

/** Where a fault can be put. */
export type IlinkEndpoint =
  | 'getupdates'
  | 'sendmessage'
  | 'getconfig'
  | 'sendtyping'
  | 'getuploadurl'
  | 'notifystart'
  | 'notifystop'
  | 'get_bot_qrcode'
  | 'get_qrcode_status'
  | 'upload'
  | 'download';

export const ilinkEndpoints: readonly IlinkEndpoint[] = [
  'getupdates',
  'sendmessage',
  'getconfig',
  'sendtyping',
  'getuploadurl',
  'notifystart',
  'notifystop',
  'get_bot_qrcode',
  'get_qrcode_status',
  'upload',
  'download',
];

/** Whether the request is carried out although its answer does not get through. */
export function isProcessedUnder(fault: IlinkFault): boolean {
  switch (fault.type) {
    case 'cut':
    case 'garbage':
    case 'duplicate':
    case 'reorder':
    case 'no-id':
      return true;
    case 'refuse':
      return false;
    case 'status':
    case 'drop':
    case 'hang':
      return fault.isProcessed ?? false;
  }
}
