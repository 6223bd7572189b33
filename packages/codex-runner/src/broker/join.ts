import {
  GatewayError,
  type RunCeiling,
  type RunEvent,
  type RunHandle,
  type RunInput,
  type ThreadId,
  type TurnId,
} from '@threadbridge/contract';
import type { ReasoningEffort, TurnStartParams } from '../app-server/protocol.gen.ts';
import { toTurnStart } from '../convert/from-run-input.ts';
import { maybe, seen, text, words } from '../convert/seen.ts';
import { beyondCeiling } from '../convert/to-live-settings.ts';
import { toGatewayError } from '../errors.ts';
import { followTurn } from '../run/attach.ts';
import { checkInput } from '../run/check-input.ts';
import { createLiveTurn } from '../run/live-turn.ts';
import { busy } from '../run/open-thread.ts';
import type { RunEnvironment } from '../run/run.ts';
import { createRunHandle, type RunControl } from '../run/run-handle.ts';
import { findHolder, type Holder, type HolderOptions } from './find-holder.ts';

/** A turn of ours among those of others. */
export function createJoinedRun(
  shared: RunEnvironment,
  holders: HolderOptions,
  input: RunInput & { readonly thread: ThreadId },
  signal?: AbortSignal,
): RunHandle {
  const { thread } = input;

  async function* play(control: RunControl): AsyncGenerator<RunEvent> {
    await checkInput(input);
    if ((input.denyRead ?? []).length > 0 || input.history !== undefined) {
      throw new GatewayError('runner.unsupported', 'A thread of others takes neither `denyRead` nor `history`.', {
        certain: true,
        remedy: 'Leave them out, or fork the thread.',
      });
    }
    yield* onHolder(shared, holders, { thread, ceiling: input }, control, async function* (holder) {
      if (holder.turn !== undefined) throw busy();
      const live = createLiveTurn({ ...shared, server: holder.server, thread });
      let isRunning = false;
      try {
        yield { type: 'thread.started', thread, isNew: false, ...maybe('model', holder.settings.model) };
        if (control.stop.aborted) return yield { type: 'turn.interrupted', text: '' };
        await live.begin(async () => {
          const reply = await holder.server.client.call('turn/start', toJoinedTurn(input, holder));
          return { turn: words(seen<{ id: string }>(reply.turn).id) as TurnId };
        });
        isRunning = true;
        control.use(live);
        yield* live.events;
        isRunning = false;
      } finally {
        if (isRunning) await live.interrupt();
        live.leave();
        await putBack(holder, input, shared);
      }
    });
  }

  return createRunHandle(play, signal);
}

/** The turn of somebody else. */
export function createWatch(
  shared: RunEnvironment,
  holders: HolderOptions,
  wanted: { readonly thread: ThreadId; readonly turn: TurnId; readonly ceiling: RunCeiling },
): RunHandle {
  return createRunHandle((control) =>
    onHolder(shared, holders, wanted, control, (holder) =>
      followTurn(shared, holder.server, wanted.thread, wanted.turn, control),
    ),
  );
}

async function* onHolder(
  shared: RunEnvironment,
  holders: HolderOptions,
  wanted: { readonly thread: ThreadId; readonly ceiling: RunCeiling },
  control: RunControl,
  play: (holder: Holder) => AsyncGenerator<RunEvent>,
): AsyncGenerator<RunEvent> {
  const leave = await shared.line.enter(wanted.thread, control.stop);
  if (leave === undefined) return yield { type: 'turn.interrupted', text: '' };
  try {
    const holder = await findHolder(holders, wanted.thread).catch((error: unknown) => {
      throw toGatewayError(error, 'join the thread');
    });
    if (holder === undefined) throw notReachable();
    try {
      const beyond = beyondCeiling(holder.settings, wanted.ceiling);
      if (beyond.length > 0) throw exceeds(beyond);
      yield* play(holder);
    } finally {
      await holder.leave();
    }
  } finally {
    leave();
  }
}

/** Beside the words only what can be put back afterwards: what a turn sets holds for all later ones, also of the others. */
function toJoinedTurn(input: RunInput & { readonly thread: ThreadId }, holder: Holder): TurnStartParams {
  const { summary: _summary, serviceTier: _tier, effort, cwd: _cwd, ...turn } = toTurnStart(input.thread, input);
  return { ...turn, ...(text(holder.reply.reasoningEffort) !== undefined && maybe('effort', effort)) };
}

async function putBack(holder: Holder, input: RunInput & { readonly thread: ThreadId }, shared: RunEnvironment): Promise<void> {
  const { server, reply } = holder;
  if (server.isClosed) return;
  const profile = text(seen<{ id: string }>(reply.activePermissionProfile).id);
  try {
    await server.client.call('thread/settings/update', {
      threadId: input.thread,
      approvalPolicy: reply.approvalPolicy as TurnStartParams['approvalPolicy'] & {},
      ...(profile === undefined
        ? { sandboxPolicy: reply.sandbox as TurnStartParams['sandboxPolicy'] & {} }
        : { permissions: profile }),
      ...maybe('model', input.model === undefined ? undefined : text(reply.model)),
      ...maybe('effort', input.effort === undefined ? undefined : (text(reply.reasoningEffort) as ReasoningEffort | undefined)),
    });
  } catch (error) {
    shared.logger.warn({ thread: input.thread, cause: String(error) }, 'the settings of a joined thread could not be put back');
  }
}

function exceeds(beyond: readonly string[]): GatewayError {
  return new GatewayError('runner.rejected', `The thread may do more than is allowed here: ${beyond.join('; ')}.`, {
    certain: true,
    remedy: 'Fork the thread, or leave the prompt in its queue.',
  });
}

/** No server that can be reached has it. */
function notReachable(): GatewayError {
  return new GatewayError('runner.thread_held', 'No shared app-server that can be reached has the thread open.', {
    certain: true,
    remedy: 'Start a run on it, or queue the prompt, or fork the thread.',
  });
}
