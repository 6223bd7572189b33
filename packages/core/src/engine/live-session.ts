import { asId, type EffectKey, isGatewayError, type LiveRef, type OutboundControls, type RunView } from '@threadbridge/contract';
import { runControls } from '../decide/controls.ts';
import type { EffectOf } from '../decide/effect.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';

/** The view of one run in its channel. Always shows the latest, skips what was overtaken, and never fails the run. */
export interface LiveSession {
  show(view: RunView): void;
  /** What may be done with the run has changed: its controls are made anew. */
  refresh(): void;
  /** Resolves when nothing more will be shown. */
  end(): Promise<void>;
  readonly isOpen: boolean;
}

export interface LiveSessionOptions {
  /** Of a view that an earlier process had opened. */
  readonly ref: LiveRef | undefined;
  /** Makes the place of the view durable; called when the view was opened and whenever it moved. */
  readonly onRef: (ref: LiveRef) => Promise<void>;
  /** There is no view, or none any more. Called once, with what it should have shown. */
  readonly onBroken: (view: RunView) => Promise<void>;
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
  let shown: RunView | undefined;
  let controls: OutboundControls | undefined;
  let isBroken = live === undefined;
  let working: Promise<void> | undefined;

  async function put(view: RunView): Promise<void> {
    if (live === undefined) return;
    if ((shown?.line === undefined) !== (view.line === undefined)) controls = undefined;
    controls ??= await mintControls(row, effect, view, engine);
    const moved =
      ref === undefined
        ? await live.open(view, { to: row.scope, reply: effect.reply, key: liveKey(row) }, controls)
        : await live.update(ref, view, controls);
    shown = view;
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
        await options.onBroken(view);
      }
      await engine.clock.sleep(live?.minIntervalMs ?? 0, end.signal);
    }
    working = undefined;
  }

  function show(view: RunView): void {
    const isNothing = view.status === 'starting' && view.line === undefined && (latest ?? shown) === undefined;
    if (isBroken || isNothing || end.signal.aborted) return;
    latest = view;
    working ??= work();
  }

  return {
    get isOpen() {
      return ref !== undefined;
    },
    show,
    refresh() {
      controls = undefined;
      const view = latest ?? shown;
      if (view !== undefined) show(view);
    },
    async end() {
      end.abort();
      await working;
    },
  };
}

/** Names the view of a run for ever: opening it again after a crash finds the same one. */
export function liveKey(row: OpenEffect): EffectKey {
  return asId(`${row.key}/live`);
}

/** What may be done with the run now, as its conversation stands. No words go into one that has not begun. */
async function mintControls(
  row: OpenEffect,
  { run }: EffectOf<'run.start'>,
  view: RunView,
  engine: Engine,
): Promise<OutboundControls> {
  const state = await engine.store.loadScope(row.scope.id);
  if (state?.phase.name !== 'running' || state.phase.run !== run) return {};
  const at = engine.clock.now();
  const { form, ...stop } = runControls({ state, at, rules: { ...engine.rules(), cause: `${liveKey(row)}/${at}` } });
  return view.line === undefined && form !== undefined ? { ...stop, form } : stop;
}
