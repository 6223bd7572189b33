export type { IlinkEndpoint, IlinkFault } from './fault.ts';
export { type FakeIlink, type FakeIlinkOptions, type InboundFile, type SayOptions, startFakeIlink } from './ilink.ts';
export type { IlinkItem, IlinkMedia, IlinkMessage, IlinkQuote, ShownMessage } from './ilink-message.ts';
export type { FakePhone } from './login-desk.ts';
export type { IlinkRequest } from './world.ts';
