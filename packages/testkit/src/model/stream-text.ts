import type { ModelClock } from './clock.ts';
import type { Gates } from './gates.ts';
import type { ModelRequest } from './model-request.ts';
import type { TextSource, TextStep } from './steps.ts';

/** Cuts a text into chunks of about `size` characters; never inside a surrogate pair. Joined, they are the text. */
export function chunk(text: string, size: number): readonly string[] {
  const characters = Array.from(text);
  const count = Math.ceil(characters.length / size);
  return Array.from({ length: count }, (_, index) => characters.slice(index * size, (index + 1) * size).join(''));
}

/** The deltas of a text step, at its pace; ends early when the signal aborts. */
export async function* streamText(
  step: TextStep,
  request: ModelRequest,
  world: { readonly clock: ModelClock; readonly gates: Gates; readonly signal: AbortSignal },
): AsyncGenerator<string> {
  const pieces = typeof step.text === 'string' || typeof step.text === 'function' ? [step.text] : step.text;
  let isFirst = true;
  for (const piece of pieces) {
    if (typeof piece === 'object') {
      await world.gates.pass(piece.gate, world.signal);
      continue;
    }
    for (const delta of chunk(resolveText(piece, request), step.chunkSize ?? 24)) {
      if (!isFirst && step.chunkDelayMs) await world.clock.sleep(step.chunkDelayMs, world.signal);
      if (world.signal.aborted) return;
      isFirst = false;
      yield delta;
    }
  }
}

export function resolveText(source: TextSource, request: ModelRequest): string {
  return typeof source === 'string' ? source : source(request);
}
