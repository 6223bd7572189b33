/** A media reference as it travels inside items. */
export interface IlinkMedia {
  readonly encrypt_query_param?: string;
  readonly aes_key?: string;
  readonly encrypt_type?: number;
  readonly full_url?: string;
}

/** One item of a message. Only the fields that the fake makes or reads are named. */
export interface IlinkItem {
  readonly type: number;
  readonly msg_id?: string;
  readonly text_item?: { readonly text?: string };
  readonly image_item?: { readonly media?: IlinkMedia; readonly aeskey?: string; readonly mid_size?: number };
  readonly voice_item?: {
    readonly media?: IlinkMedia;
    readonly encode_type?: number;
    readonly sample_rate?: number;
    readonly playtime?: number;
    readonly text?: string;
  };
  readonly file_item?: { readonly media?: IlinkMedia; readonly file_name?: string; readonly md5?: string; readonly len?: string };
  readonly video_item?: { readonly media?: IlinkMedia; readonly video_size?: number; readonly play_length?: number };
  readonly ref_msg?: IlinkQuote;
}

/** What a message refers to; field names are the service's own, as its client `@tencent-weixin/openclaw-weixin` reads them. */
export interface IlinkQuote {
  readonly title?: string;
  readonly svr_id?: bigint | string;
  readonly message_item?: IlinkItem;
  readonly partial_text?: {
    readonly start?: string;
    readonly end?: string;
    readonly startindex?: number;
    readonly endindex?: number;
    readonly quotemd5?: string;
  };
}

/** An inbound message as `getupdates` brings it. Ids are bigints and travel as bare numbers. */
export interface IlinkMessage {
  readonly seq?: number;
  readonly message_id?: bigint | string;
  readonly from_user_id?: string;
  readonly to_user_id?: string;
  readonly client_id?: string;
  readonly create_time_ms?: number;
  readonly group_id?: string;
  readonly message_type?: number;
  readonly message_state?: number;
  readonly item_list?: readonly IlinkItem[];
  readonly context_token?: string;
}

/** What a person can see of the bot. */
export interface ShownMessage {
  readonly id: bigint;
  readonly to: string;
  readonly clientId: string;
  /** Epoch ms on the fake's clock. */
  readonly at: number;
  readonly text?: string;
  readonly media?: { readonly kind: 'image' | 'video' | 'file' | 'voice'; readonly name?: string; readonly bytes: Uint8Array };
}
