import { asId, type EffectKey, isGatewayError, type LiveRef, type RunView } from '@threadbridge/contract';
import type { EffectOf } from '../decide/effect.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';

/** The view of one run in its channel. Always shows the latest, skips what was overtaken, and never fails the run. */
export interface LiveSession {
  show(view: RunView): void;
  /** Resolves when nothing more will be shown. */
  end(): Promise<void>;
  readonly isOpen: boolean;
}

export interface LiveSessionOptions {
  /** Of a view that an earlier process had opened. */
  readonly ref: LiveRef | undefined;
  /** Makes the place of the view durable; called when the view was opened and whenever it moved. */
  readonly onRef: (ref: LiveRef) => Promise<void>;
}

export function openLiveSession(
  row: OpenEffect,
  effect: EffectOf<'run.start'>,
  engine: Engine,
  options: LiveSessionOptions,
): LiveSession {
  const live = engine.channels.get(row.scope.channel)?.capabilities.live;
  const end = new AbortController();
  let ref = options.ref;
  let latest: RunView | undefined;
  let isBroken = live === undefined;
  let working: Promise<void> | undefined;

  async function put(view: RunView): Promise<void> {
    if (live === undefined) return;
    const moved =
      ref === undefined
        ? await live.open(view, { to: row.scope, reply: effect.reply, key: asId<EffectKey>(`${row.key}/live`) })
        : await live.update(ref, view);
    if (moved === undefined) return;
    ref = moved;
    await options.onRef(moved);
  }

  async function work(): Promise<void> {
    while (latest !== undefined && !isBroken && !end.signal.aborted) {
      const view = latest;
      latest = undefined;
      try {
        await put(view);
      } catch (error) {
        if (!isGatewayError(error) || error.code.startsWith('store.')) throw error;
        isBroken = true;
        engine.logger.warn({ run: effect.run, code: error.code }, 'a live view could not be shown');
      }
      await engine.clock.sleep(live?.minIntervalMs ?? 0, end.signal);
    }
    working = undefined;
  }

  return {
    get isOpen() {
      return ref !== undefined;
    },
    show(view) {
      if (isBroken || view.status === 'starting' || end.signal.aborted) return;
      latest = view;
      working ??= work();
    },
    async end() {
      end.abort();
      await working;
    },
  };
}
