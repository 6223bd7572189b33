export { createPlainSurface, type PlainSurfaceOptions } from './terminal/plain-surface.ts';
export type { Line, Span, Style } from './terminal/spans.ts';
export type { Status, Surface } from './terminal/surface.ts';
export {
  createTerminalChannel,
  type Happening,
  type TerminalChannel,
  type TerminalChannelOptions,
  terminalActorId,
  terminalChannelId,
} from './terminal/terminal-channel.ts';
