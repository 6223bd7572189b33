export { type Console, type ConsoleOptions, createConsole } from './console.ts';
export type { ConsoleChannel, PressedAction, WrittenMessage } from './console-channel.ts';
export type { ConsoleAccounts } from './logins.ts';
export type { ConsoleLoginStep } from './wire.ts';
