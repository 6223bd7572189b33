import type { ChannelFactory } from './channel-factory.ts';
import { feishu } from './feishu.ts';
import { ilink } from './ilink.ts';

/** The channel types this version can run: one file beside this one and one line here for each. */
export const channelFactories: readonly ChannelFactory[] = [ilink, feishu];
