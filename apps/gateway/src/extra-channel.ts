import type { ActorId, Channel } from '@threadbridge/contract';

/** A channel that the configuration does not know: the chat of a terminal or a page, a test's. */
export interface ExtraChannel {
  readonly channel: Channel;
  /** Joins the owners of the profile while this gateway runs. */
  readonly owner?: ActorId;
  /** In which its people read; holds in private where the configuration names no language. Default: the profile's. */
  readonly language?: 'en' | 'zh';
}
