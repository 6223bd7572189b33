import { isGatewayError } from '@threadbridge/contract';
import { plainText } from './terminal/plain-text.ts';
import type { Texts } from './texts/texts.ts';

/** An error for people: what could not be done, and the remedy. The stack only where it was asked for. Pure. */
export function describeError(error: unknown, { errors }: Texts, hasStack = false): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = `threadbridge: ${isGatewayError(error) ? errors.explain(error) : message}`;
  return plainText(hasStack && error instanceof Error ? `${line}\n${stackOf(error)}` : line);
}

function stackOf(error: Error): string {
  const stack = error.stack ?? '';
  return error.cause instanceof Error ? `${stack}\ncaused by: ${stackOf(error.cause)}` : stack;
}
