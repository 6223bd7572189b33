import { isGatewayError } from '@threadbridge/contract';
import type { ChannelWord } from '@threadbridge/core';
import type { ChannelState, EventError } from './lifecycle.ts';

/** An error for the outside: what happened and what helps. */
export function toEventError(error: unknown): EventError {
  if (!(error instanceof Error)) return { message: String(error) };
  if (!isGatewayError(error)) return { message: error.message };
  return { code: error.code, message: error.message, ...(error.remedy !== undefined && { remedy: error.remedy }) };
}

const unreachable: EventError = {
  code: 'channel.unreachable',
  message: 'The platform cannot be reached; it is tried again by itself.',
  remedy: 'Look at the network and the address.',
};

/** What the core says of a channel, in the words of the life-cycle events. */
export function channelState(said: ChannelWord): {
  readonly state: ChannelState;
  readonly error?: EventError;
} {
  if (said === 'unreachable') return { state: said, error: unreachable };
  if (typeof said === 'string') return { state: said };
  const isLogin = isGatewayError(said.failed) && said.failed.code === 'channel.unauthorized';
  return { state: isLogin ? 'needs-login' : 'failed', error: toEventError(said.failed) };
}
