import {
  type EffectKey,
  GatewayError,
  isGatewayError,
  type ReviewTarget,
  type RunBroker,
  type RunEvent,
  type RunHandle,
  type RunInput,
  type Runner,
  type ThreadAccess,
  type ThreadId,
} from '@threadbridge/contract';
import { toCeiling } from '../policy/to-ceiling.ts';
import type { Engine } from './engine.ts';

export interface OpenRunNews {
  /** The thread is open elsewhere and the run goes on there, beside others. */
  readonly onJoin: () => Promise<void>;
  /** Nobody was asked for a turn: somebody else has the thread, and these are the ways to it. The events then throw what the runner said. */
  readonly onHeld: (access: ThreadAccess) => void;
}

/** A run on its thread: here, or, but for a review, on the shared server that has the thread open. Never takes a thread from anybody. */
export function openRun(
  input: RunInput & { readonly key: EffectKey },
  { runner }: Engine,
  news: OpenRunNews,
  review?: ReviewTarget,
): RunHandle {
  const { broker } = runner.capabilities;
  const { thread } = input;
  let handle = review === undefined ? runner.start(input) : startReview(input, review, runner);
  if (thread === undefined || broker === undefined) return handle;
  const named = { ...input, thread };

  async function* events(): AsyncGenerator<RunEvent> {
    try {
      return yield* handle.events;
    } catch (error) {
      const access = isHeld(error) ? await find(named, broker) : undefined;
      if (access?.way !== 'join' || review !== undefined) {
        if (access !== undefined) news.onHeld(access);
        throw error;
      }
    }
    await news.onJoin();
    handle = (broker as RunBroker).join(named);
    yield* handle.events;
  }

  return {
    events: events(),
    steer: (text) => handle.steer(text),
    interrupt: () => handle.interrupt(),
    answer: (approval, answer) => handle.answer(approval, answer),
  };
}

function startReview(input: RunInput, target: ReviewTarget, runner: Runner): RunHandle {
  const { review } = runner.capabilities;
  if (review === undefined) throw new GatewayError('runner.unsupported', 'The agent in use makes no reviews.', { certain: true });
  const { prompt: _prompt, key: _key, images: _images, ...settings } = input;
  return review.start({ ...settings, target });
}

function isHeld(error: unknown): boolean {
  return isGatewayError(error) && error.code === 'runner.thread_held' && error.certain;
}

async function find(
  input: RunInput & { readonly thread: ThreadId },
  broker: RunBroker | undefined,
): Promise<ThreadAccess | undefined> {
  try {
    return await broker?.find(input.thread, toCeiling(input));
  } catch (error) {
    if (isGatewayError(error)) return undefined;
    throw error;
  }
}
