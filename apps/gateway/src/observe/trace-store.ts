import type { ChannelId, Clock, EffectKey, InputId } from '@threadbridge/contract';
import type { SqliteStore } from '@threadbridge/store';
import type { Tracer } from './tracer.ts';

/** What is under way at once in a lively profile many times over; the oldest is forgotten, and gets no span. */
const mostUnderWay = 1_000;
/** Runs have a span of their own, and a timer only waits. */
const silent: ReadonlySet<string> = new Set(['run.start', 'timer']);

/**
 * A store that leaves spans of the way of a message: `threadbridge.decide`, from the moment in which a fact was durable to that in which
 * what follows from it was, and `threadbridge.effect`, from there to its outcome.
 */
export function traceStore(store: SqliteStore, tracer: Tracer, clock: Clock): SqliteStore {
  const facts = new Map<InputId, { readonly input: string; readonly at: number }>();
  const effects = new Map<EffectKey, { readonly effect: string; readonly channel: ChannelId; readonly at: number }>();
  const trace = (name: string, since: number, isWell: boolean, attributes: Record<string, string | number>) => {
    const span = tracer.startSpan(name, { attributes, startTime: since });
    span.setStatus({ code: isWell ? 1 : 2 });
    span.end(clock.now());
  };
  return {
    ...store,
    async accept(batch) {
      await store.accept(batch);
      for (const { id, type } of batch.inputs) if (!facts.has(id)) remember(facts, id, { input: type, at: clock.now() });
    },
    async commit(step) {
      await store.commit(step);
      const { channel } = step.scope;
      for (const { key, effect } of step.effects)
        if (!silent.has(effect.type)) remember(effects, key, { effect: effect.type, channel, at: clock.now() });
      const known = facts.get(step.input);
      facts.delete(step.input);
      if (known === undefined) return;
      trace('threadbridge.decide', known.at, true, { input: known.input, channel, effects: step.effects.length });
    },
    async settle(key, outcome, results) {
      await store.settle(key, outcome, results);
      const known = effects.get(key);
      if (known === undefined || outcome.type === 'retry') return;
      effects.delete(key);
      const { effect, channel, at } = known;
      trace('threadbridge.effect', at, outcome.type === 'done', { effect, channel, outcome: outcome.type });
    },
  };
}

function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostUnderWay && oldest !== undefined) map.delete(oldest);
}
