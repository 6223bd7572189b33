import { callIdFor } from './call-id.ts';
import type { ModelClock } from './clock.ts';
import type { EventStream } from './event-stream.ts';
import type { Gates } from './gates.ts';
import { codeOfStatus } from './http-error.ts';
import type { ModelRequest } from './model-request.ts';
import type { ResponseWriter } from './response-writer.ts';
import { type CallStep, type FailureStep, isCall, isFailure, type ModelStep } from './steps.ts';
import { resolveText, streamText } from './stream-text.ts';
import { toCall } from './to-call.ts';

/** What steps are played on. */
export interface Stage {
  readonly request: ModelRequest;
  readonly stream: EventStream;
  readonly writer: ResponseWriter;
  readonly clock: ModelClock;
  readonly gates: Gates;
  /** Pause between deltas of texts that set none. */
  readonly chunkDelayMs: number;
  /** Aborts when the client has gone or the server closes. */
  readonly signal: AbortSignal;
  /** Sends an HTTP error in place of a stream. */
  sendError(status: number, headers: Readonly<Record<string, string>>, body: unknown): void;
  /** Says whether a failure limited by `times` should still happen at this step, and counts it. */
  claimFailure(stepIndex: number, times: number): boolean;
}

/** Said when the script has come to its end without a last word. */
const closing: ModelStep = { type: 'text', text: 'Done.' };

/** Plays one response: from the step the conversation has reached to the next tool call, the first failure or the end. */
export async function playSteps(steps: readonly ModelStep[], stage: Stage): Promise<void> {
  const { request, writer, signal } = stage;
  const hasSteps = request.stepIndex < steps.length;
  const script = hasSteps ? steps : [...steps, closing];
  const from = hasSteps ? request.stepIndex : steps.length;
  for (const [index, step] of script.entries()) {
    if (index < from) continue;
    if (signal.aborted) return;
    if (isFailure(step)) {
      if (step.times !== undefined && !stage.claimFailure(index, step.times)) continue;
      return await fail(step, stage);
    }
    if (isCall(step)) {
      const calls = step.type === 'parallel' ? step.calls : [step];
      if (await callTools(calls, index, stage)) return await writer.complete();
      continue;
    }
    switch (step.type) {
      case 'text': {
        const phase = step.phase ?? (script.slice(index + 1).some((later) => isCall(later)) ? 'commentary' : 'final_answer');
        await writer.message(streamText({ chunkDelayMs: stage.chunkDelayMs, ...step }, request, stage), phase);
        break;
      }
      case 'reasoning':
        await writer.reasoning(resolveText(step.text, request));
        break;
      case 'gate':
        await writer.open();
        await stage.gates.pass(step.name, signal);
        break;
      case 'pause':
        await writer.open();
        await stage.clock.sleep(step.ms, signal);
        break;
    }
  }
  if (!signal.aborted) await writer.complete();
}

/** True when at least one call went out, so that an output will come back. */
async function callTools(calls: readonly CallStep[], index: number, stage: Stage): Promise<boolean> {
  const possible = calls.flatMap((call) => toCall(call, stage.request.tools) ?? []);
  for (const call of possible) await stage.writer.call(callIdFor(index), call);
  if (possible.length > 0) return true;
  const wanted = calls.map((call) => call.type).join(', ');
  await stage.writer.message(once(`(No tool offered in this request can do this step: ${wanted}.)`), 'commentary');
  return false;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function fail(step: FailureStep, stage: Stage): Promise<void> {
  const { stream, writer, signal } = stage;
  switch (step.type) {
    case 'httpError':
      if (stream.isOpen) return await writer.fail(codeOfStatus(step.status), `Scripted failure with status ${step.status}.`);
      return stage.sendError(step.status, step.headers ?? {}, step.body);
    case 'failed':
      return await writer.fail(step.code, step.message);
    case 'incomplete':
      return await writer.incomplete(step.reason);
    case 'cut':
      await writer.open();
      return stream.cut();
    case 'end':
      await writer.open();
      return stream.end();
    case 'silence':
      await writer.open();
      return await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
  }
}
