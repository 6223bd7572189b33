import { isGatewayError } from '@threadbridge/contract';
import { plainText } from './terminal/plain-text.ts';

/** An error for people: what could not be done, and the remedy. The stack only where it was asked for. Pure. */
export function describeError(error: unknown, hasStack: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = isGatewayError(error) && error.remedy !== undefined ? ` ${error.remedy}` : '';
  const line = `threadbridge: ${message}${remedy}`;
  return plainText(hasStack && error instanceof Error ? `${line}\n${stackOf(error)}` : line);
}

function stackOf(error: Error): string {
  const stack = error.stack ?? '';
  return error.cause instanceof Error ? `${stack}\ncaused by: ${stackOf(error.cause)}` : stack;
}
