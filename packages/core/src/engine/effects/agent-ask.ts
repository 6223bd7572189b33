import { explain, GatewayError, isGatewayError, type RunnerCapabilities, type TurnDetail } from '@threadbridge/contract';
import type { AgentAsk, AgentReply } from '../../decide/agent-ask.ts';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import { isLastTurn } from '../own-threads.ts';
import type { Settlement } from '../perform.ts';

/** How many turns are shown at most when a thread went on elsewhere. */
const shownTurns = 10;

/** Asks the agent something beside a run. A fork, a summing-up and queued words are not begun twice. */
export async function agentAsk(row: OpenEffect, effect: EffectOf<'agent.ask'>, engine: Engine): Promise<Settlement> {
  const { ask, click } = effect;
  const isOnce = ask.what === 'fork' || ask.what === 'compact' || ask.what === 'queue';
  let reply: AgentReply = { type: 'unknown' };
  if (!(isOnce && row.isStarted)) {
    if (isOnce) await engine.store.start(row.key);
    reply = await answer(ask, engine);
  }
  const input: InputOf<'agent.answered'> = {
    ...{ type: 'agent.answered', id: resultInputId(row.key, 'answered'), scope: row.scope, at: engine.clock.now(), ask, reply },
    ...(click !== undefined && { click }),
  };
  return { outcome: { type: 'done' }, results: [input] };
}

async function answer(ask: AgentAsk, engine: Engine): Promise<AgentReply> {
  const { runner, views } = engine;
  const { capabilities } = runner;
  try {
    switch (ask.what) {
      case 'rename':
        await able(capabilities.threads).rename(ask.thread, ask.title);
        return { type: 'done' };
      case 'fork':
        return { type: 'forked', thread: await able(capabilities.threads).fork(ask.thread) };
      case 'archive':
        await able(capabilities.threads).archive(ask.thread);
        return { type: 'done' };
      case 'compact':
        await able(capabilities.threads).compact(ask.thread);
        return { type: 'done' };
      case 'models':
        return { type: 'models', models: await able(capabilities.models).list() };
      case 'limits':
        return { type: 'limits', limits: await able(capabilities.account).limits() };
      case 'queue':
        await able(capabilities.broker).queue(ask.thread, { text: ask.text, key: ask.key });
        return { type: 'done' };
      case 'withdraw':
        return { type: 'withdrawn', count: await able(capabilities.broker).withdraw(ask.thread, ask.key) };
      case 'way':
        return { type: 'way', access: await able(capabilities.broker).find(ask.thread, ask.ceiling) };
      case 'turn': {
        const record = await able(capabilities.history).findTurn(ask.thread, ask.key);
        return { type: 'turn', ...(record && { record }) };
      }
      case 'diff': {
        const { turns } = await able(capabilities.history).turns(ask.thread, { limit: 1 });
        const items = turns[0]?.items ?? [];
        return { type: 'diff', changes: items.flatMap((item) => (item.type === 'file.change' ? item.changes : [])) };
      }
      case 'plan': {
        const steps = (ask.run && views.get(ask.run)?.plan) ?? [];
        if (steps.length > 0) return { type: 'plan', steps };
        const { turns } = await able(capabilities.history).turns(ask.thread, { limit: shownTurns });
        const text = turns.map(lastPlan).find((plan) => plan !== undefined);
        return { type: 'plan', steps, ...(text !== undefined && { text }) };
      }
      case 'refresh':
        // Reading it would only keep words waiting.
        if (ask.before !== undefined && isLastTurn(engine, ask.thread, ask.seen))
          return { type: 'turns', turns: [], isCut: false };
        return await turnsSince(ask, able(capabilities.history));
    }
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    return { type: 'failed', message: explain(error) };
  }
}

async function turnsSince(
  ask: Extract<AgentAsk, { readonly what: 'refresh' }>,
  history: NonNullable<RunnerCapabilities['history']>,
): Promise<AgentReply> {
  const { turns } = await history.turns(ask.thread, { limit: shownTurns + 1 });
  const known = turns.findIndex((turn) => turn.turn === ask.seen);
  const fresh: readonly TurnDetail[] = known === -1 ? turns : turns.slice(0, known);
  return { type: 'turns', turns: fresh.slice(0, shownTurns).toReversed(), isCut: fresh.length > shownTurns };
}

function lastPlan({ items }: TurnDetail): string | undefined {
  return items.flatMap((item) => (item.type === 'plan' ? [item.text] : [])).at(-1);
}

function able<T>(capability: T | undefined): T {
  if (capability === undefined)
    throw new GatewayError('runner.unsupported', 'The agent in use cannot do that.', { certain: true });
  return capability;
}
